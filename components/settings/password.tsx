'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Field, PasswordInput } from '#components/ui/field.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { toast } from '#components/ui/toaster.tsx'
import { api } from '#lib/client/index.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import { leastPasswordLength } from '#lib/model/login.ts'

interface ChangePasswordProps {
  login: string
  /** Who keeps the password, when it is not Portolan. */
  provider: string | null
}

export function ChangePassword({ login, provider }: ChangePasswordProps) {
  const t = useTranslations('settings.password')
  if (provider === null) return <PasswordForm login={login} />
  return (
    <Panel title={t('title')}>
      <p className="text-sm text-ink-2">{t('ofProvider', { provider })}</p>
    </Panel>
  )
}

/** Another password; every other session ends with the old one, unless it is to stay. */
function PasswordForm({ login }: { login: string }) {
  const t = useTranslations('settings.password')
  const say = useErrorSentence()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [endOthers, setEndOthers] = useState(true)
  const [tried, setTried] = useState(false)
  const change = useMutation({
    mutationFn: () => api('/api/me', { method: 'PATCH', body: { password: { current, next, keepSessions: !endOthers } } }),
    onSuccess() {
      toast({ title: `${t('changed')}.`, description: endOthers ? t('changedText') : undefined })
      setCurrent('')
      setNext('')
      setTried(false)
    },
  })
  const refused = change.error ? say(change.error) : undefined
  return (
    <Panel title={t('title')}>
      <form
        noValidate
        className="flex max-w-md flex-col gap-4 py-1"
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (current && next.length >= leastPasswordLength) change.mutate()
        }}
      >
        {/* Password managers file the new password under it. */}
        <input type="text" name="username" autoComplete="username" value={login} readOnly hidden />
        <Field label={t('current')} error={refused ?? (tried && !current ? t('needed') : undefined)}>
          <PasswordInput autoComplete="current-password" value={current} onChange={(event) => setCurrent(event.target.value)} />
        </Field>
        <Field label={t('next')} help={t('nextHelp')} error={tried && next.length < leastPasswordLength ? t('tooShort') : undefined}>
          <PasswordInput autoComplete="new-password" maxLength={200} value={next} onChange={(event) => setNext(event.target.value)} />
        </Field>
        <Checkbox checked={endOthers} onCheckedChange={setEndOthers}>
          <span className="block text-ink">{t('endOthers')}</span>
          <span className="block text-xs text-ink-3">{t('endOthersHelp')}</span>
        </Checkbox>
        <Button type="submit" size={32} pending={change.isPending} className="self-start">
          {t('change')}
        </Button>
      </form>
    </Panel>
  )
}
