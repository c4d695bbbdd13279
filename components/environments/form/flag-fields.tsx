'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { cn } from '#components/ui/cn.ts'
import { Field, Input } from '#components/ui/field.tsx'
import { Flag } from '#components/ui/flag.tsx'
import type { Flag as FlagValue } from '#lib/model/environment.ts'
import { flagHues, flagPatterns } from '#lib/model/flag.ts'

interface FlagFieldsProps {
  value: FlagValue
  error?: string
  onChange: (flag: FlagValue) => void
  /** The code is left. */
  onBlur?: () => void
}

/** Colour, pattern and code, each with its name: nobody has to tell colours apart. */
export function FlagFields({ value, error, onChange, onBlur }: FlagFieldsProps) {
  const t = useTranslations('environments.form')
  return (
    <div className="flex flex-col gap-3">
      <p className="flex items-center gap-3">
        <Flag flag={value} size={36} quiet />
        <span className="font-mono text-sm text-ink-2">{value.code}</span>
        <span className="text-sm text-ink-2">
          {t(`hues.${value.hue}`)}, {t(`patterns.${value.pattern}`).toLowerCase()}
        </span>
      </p>
      <Choice legend={t('hue')}>
        {flagHues.map((hue) => (
          <Swatch key={hue} name="hue" label={t(`hues.${hue}`)} checked={hue === value.hue} onSelect={() => onChange({ ...value, hue })}>
            <Flag flag={{ ...value, hue }} size={24} quiet />
          </Swatch>
        ))}
      </Choice>
      <Choice legend={t('pattern')}>
        {flagPatterns.map((pattern) => (
          <Swatch
            key={pattern}
            name="pattern"
            label={t(`patterns.${pattern}`)}
            checked={pattern === value.pattern}
            onSelect={() => onChange({ ...value, pattern })}
          >
            <Flag flag={{ ...value, pattern }} size={24} quiet />
          </Swatch>
        ))}
      </Choice>
      <Field label={t('code')} help={t('codeHelp')} error={error} className="w-40">
        <Input
          mono
          maxLength={3}
          autoComplete="off"
          value={value.code}
          onChange={(event) => onChange({ ...value, code: event.target.value.toUpperCase() })}
          onBlur={onBlur}
        />
      </Field>
    </div>
  )
}

const Choice = ({ legend, children }: { legend: string; children: ReactNode }) => (
  <fieldset>
    <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
    <div className="flex flex-wrap gap-1.5">{children}</div>
  </fieldset>
)

const Swatch = ({
  name,
  label,
  checked,
  onSelect,
  children,
}: {
  name: string
  label: string
  checked: boolean
  onSelect: () => void
  children: ReactNode
}) => (
  <label
    title={label}
    className={cn(
      'flex h-8 w-11 items-center justify-center rounded-md border border-line bg-surface has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent max-sm:h-11',
      checked && 'border-accent bg-accent-wash',
    )}
  >
    <input type="radio" name={name} aria-label={label} checked={checked} onChange={onSelect} className="sr-only" />
    {children}
  </label>
)
