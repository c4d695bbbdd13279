'use client'

import { useTranslations } from 'next-intl'
import { get, useFormContext } from 'react-hook-form'

/** What is wrong with a field, in words: messages of the schemas are keys under `environments.form`. */
export function useFieldError(): (path: string, params?: Record<string, string>) => string | undefined {
  const t = useTranslations('environments.form')
  const { formState } = useFormContext()
  return (path, params) => {
    const message = (get(formState.errors, path) as { message?: string } | undefined)?.message
    if (!message) return undefined
    return t.has(message) ? t(message, params) : message
  }
}
