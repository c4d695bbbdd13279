'use client'

import { useTranslations } from 'next-intl'
import { get, useFormContext } from 'react-hook-form'

/** What is wrong with a field, in words: messages of the schemas are keys under `environments.form`. */
export function useFieldError(): (path: string, params?: Record<string, string>) => string | undefined {
  const t = useTranslations('environments.form')
  const { formState } = useFormContext()
  return (path, params) => {
    const problem: { message?: string } | undefined = get(formState.errors, path)
    const message = problem?.message
    if (!message) return undefined
    return t.has(message) ? t(message, params) : message
  }
}
