'use client'

import { useTranslations } from 'next-intl'
import type { FieldErrors, UseFormRegister } from 'react-hook-form'
import { Field, Input } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { useWords } from '../words.ts'
import type { InputField } from './schema-fields.ts'

/** What the confirmation of an action asks for. */
export interface Values {
  input: Record<string, string | number | boolean>
  why: string
  typed: string
}

interface InputControlProps {
  field: InputField
  action: string
  register: UseFormRegister<Values>
  errors: FieldErrors<Values>
}

/** One property of an action's input, drawn by its type and checked by its schema's bounds. */
export function InputControl({ field, action, register, errors }: InputControlProps) {
  const t = useTranslations('resources.act')
  const words = useWords()
  const label = words.input(action, field.name)
  const help = words.inputHelp(action, field.name)
  const name = `input.${field.name}` as const
  const bound = register(name, {
    required: field.required && t('required'),
    min: field.min === undefined ? undefined : { value: field.min, message: t('tooSmall', { min: field.min }) },
    max: field.max === undefined ? undefined : { value: field.max, message: t('tooLarge', { max: field.max }) },
    pattern: field.pattern ? { value: new RegExp(field.pattern), message: t('wrongForm') } : undefined,
    maxLength: field.maxLength === undefined ? undefined : { value: field.maxLength, message: t('wrongForm') },
  })
  const error = errors.input?.[field.name]?.message
  if (field.type === 'boolean')
    return (
      <label className="flex items-start gap-2.5 text-sm">
        <input type="checkbox" {...bound} className="mt-0.5 size-4 flex-none accent-accent" />
        <span>
          {label}
          {help && <span className="block text-xs text-ink-3">{help}</span>}
        </span>
      </label>
    )
  return (
    <Field label={label} help={help} error={error}>
      {field.type === 'choice' ? (
        <Select {...bound} options={field.options.map((value) => ({ value, label: value }))} />
      ) : (
        <Input
          {...bound}
          type={field.type === 'number' ? 'number' : 'text'}
          step={field.step}
          min={field.min}
          max={field.max}
          autoComplete="off"
          spellCheck={false}
        />
      )}
    </Field>
  )
}
