'use client'

import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field, Input } from '#components/ui/field.tsx'
import { formatUtc } from '#components/ui/format.ts'
import type { OneTimeLink, Person } from '#lib/model/person.ts'

/** The one time that a link can be read: to copy, with what it does and how long it works. */
export function LinkShown({ person: { name, link }, made }: { person: Person; made: OneTimeLink }) {
  const t = useTranslations('people.link')
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    field.current?.select()
    // A page that came by plain http from elsewhere has no clipboard: the text is selected then, ready to be copied.
    if (!window.isSecureContext) return
    await navigator.clipboard.writeText(made.url)
    setCopied(true)
  }
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-ink-2">{t(link?.purpose === 'reset' ? 'reset' : 'invitation', { name })}</p>
      <div className="flex items-end gap-2 max-sm:flex-col max-sm:items-stretch">
        <Field label={t('label')} className="min-w-0 flex-1">
          <Input ref={field} mono readOnly value={made.url} onFocus={(event) => event.target.select()} />
        </Field>
        <Button variant="primary" size={32} icon={copied ? Check : Copy} className="max-sm:h-11" onClick={() => void copy()}>
          {copied ? t('copied') : t('copy')}
        </Button>
      </div>
      <p className="text-xs text-ink-3">
        {t('until', { time: `${formatUtc(new Date(made.expiresAt)).slice(0, 16)} UTC` })} {t('onlyNow')}
      </p>
    </div>
  )
}
