'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { toast } from '#components/ui/toaster.tsx'
import { api } from '#lib/client/index.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import type { Environment } from '#lib/model/environment.ts'
import { asAppError } from '../welcome/use-connecting.ts'
import { connectionForms, type EngineWithForm } from '../connections/index.ts'
import type { ProbeAnswer, Trial } from './test-result.tsx'
import { connectRequest, updateRequest, type FormValues } from './values.ts'

/** Testing and saving an environment; `edited` is the one that is being changed. */
export function useSave(
  engine: EngineWithForm,
  form: UseFormReturn<FormValues>,
  edited: { environment: Environment; before: FormValues } | null,
) {
  const t = useTranslations('environments')
  const say = useErrorSentence()
  const router = useRouter()
  const [trial, setTrial] = useState<Trial | null>(null)
  const [saving, setSaving] = useState(false)

  const pin = (hostKey: string) => {
    const pinned = connectionForms[engine].pin?.(form.getValues('connection'), hostKey)
    if (pinned) form.setValue('connection', pinned, { shouldDirty: true })
  }

  const test = async (): Promise<void> => {
    if (!(await form.trigger('connection', { shouldFocus: true }))) return
    const { connection } = form.getValues()
    setTrial({ state: 'asking', address: connectionForms[engine].addressOf(connection) })
    try {
      const body = { engine, ...connectionForms[engine].toRequest(connection), ...(edited && { environment: edited.environment.id }) }
      const answer = await api<{ probe: ProbeAnswer; connectedAs: { id: string; name: string } | null }>('/api/environments/test', {
        method: 'POST',
        body,
      })
      if (answer.probe.hostKey) pin(answer.probe.hostKey.fingerprint)
      setTrial({ state: 'answered', ...answer })
    } catch (error) {
      setTrial({ state: 'refused', error: asAppError(error) })
    }
  }

  const save = async (values: FormValues): Promise<void> => {
    setSaving(true)
    try {
      const saved = edited
        ? await api<Environment>(`/api/environments/${edited.environment.id}`, {
            method: 'PATCH',
            body: updateRequest(engine, edited.before, values),
          })
        : await api<Environment>('/api/environments', { method: 'POST', body: connectRequest(engine, values) })
      toast({ title: t(edited ? 'savedToast' : 'connectedToast', { name: saved.name }) })
      router.push(`/environments/${saved.id}`)
      router.refresh()
    } catch (cause) {
      const error = asAppError(cause)
      // A name that somebody has is said where it is typed.
      if (error.reason?.code === 'environment_name_taken') form.setError('name', { message: say(error) }, { shouldFocus: true })
      else setTrial({ state: 'refused', error })
      // It has been shown now; only who saves once more pins it.
      if (error.reason?.code === 'host-key-unconfirmed') pin(String(error.reason.params?.shown))
      setSaving(false)
    }
  }

  return { trial, saving, test, save }
}
