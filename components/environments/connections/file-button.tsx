'use client'

import { Upload } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useRef } from 'react'
import { Button } from '#components/ui/button.tsx'

/** Reads a file of the person's machine as text. */
export function FileButton({ label, onText }: { label: string; onText: (text: string) => void }) {
  const t = useTranslations('environments.form')
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button size={24} variant="quiet" icon={Upload} aria-label={t('uploadOf', { name: label })} onClick={() => input.current?.click()}>
        {t('upload')}
      </Button>
      <input
        ref={input}
        id={id}
        type="file"
        tabIndex={-1}
        aria-hidden
        className="hidden"
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file) void file.text().then(onText)
          event.target.value = ''
        }}
      />
    </>
  )
}
