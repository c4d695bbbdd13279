'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field, Input, Textarea } from '#components/ui/field.tsx'
import { FileButton } from './file-button.tsx'
import type { SecretValue } from './secrets.ts'

interface SecretInputProps {
  label: string
  help?: ReactNode
  error?: ReactNode
  /** The first line of what is meant, as a hint; without one it is a word, typed unseen. */
  placeholder?: string
  value: SecretValue
  onChange: (value: SecretValue) => void
  onBlur: () => void
}

/** A key or certificate, pasted or from a file, or a word. What is stored is never shown: it is kept, replaced or removed. */
export function SecretInput({ label, help, error, placeholder, value, onChange, onBlur }: SecretInputProps) {
  const t = useTranslations('environments.form')
  if (value.state === 'kept' || value.state === 'forgotten')
    return (
      <div>
        <p className="mb-1.5 text-sm font-medium">{label}</p>
        <p className="flex flex-wrap items-center gap-2 text-sm text-ink-2">
          {value.state === 'kept' ? t('kept') : t('forgotten')}
          <span className="flex-1" />
          {value.state === 'kept' && (
            <Button size={24} aria-label={t('replaceOf', { name: label })} onClick={() => onChange({ state: 'new', text: '' })}>
              {t('replace')}
            </Button>
          )}
          <Button size={24} variant="quiet" onClick={() => onChange({ state: value.state === 'kept' ? 'forgotten' : 'kept', text: '' })}>
            {value.state === 'kept' ? t('forget') : t('keep')}
          </Button>
        </p>
      </div>
    )
  const write = (text: string) => onChange({ state: text ? 'new' : 'none', text })
  if (placeholder === undefined)
    return (
      <Field label={label} help={help} error={error}>
        <Input
          type="password"
          autoComplete="new-password"
          value={value.text}
          onChange={(event) => write(event.target.value)}
          onBlur={onBlur}
        />
      </Field>
    )
  return (
    <Field label={label} help={help} error={error} aside={<FileButton label={label} onText={write} />}>
      <Textarea
        mono
        rows={3}
        spellCheck={false}
        autoComplete="off"
        placeholder={placeholder}
        value={value.text}
        onChange={(event) => write(event.target.value)}
        onBlur={onBlur}
      />
    </Field>
  )
}
