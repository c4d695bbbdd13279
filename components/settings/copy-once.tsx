'use client'

import { Check, Copy } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field, Input } from '#components/ui/field.tsx'

/** A secret that is shown this once, to copy. The words are the caller's. */
export function CopyOnce(words: { label: string; value: string; copy: string; copied: string }) {
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    field.current?.select()
    // A page that came by plain http from elsewhere has no clipboard: the text is selected then, ready to be copied.
    if (!window.isSecureContext) return
    await navigator.clipboard.writeText(words.value)
    setCopied(true)
  }
  return (
    <div className="flex items-end gap-2 max-sm:flex-col max-sm:items-stretch">
      <Field label={words.label} className="min-w-0 flex-1">
        <Input ref={field} mono readOnly value={words.value} onFocus={(event) => event.target.select()} />
      </Field>
      <Button variant="primary" size={32} icon={copied ? Check : Copy} className="max-sm:h-11" onClick={() => void copy()}>
        {copied ? words.copied : words.copy}
      </Button>
    </div>
  )
}
