'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Field, PasswordInput } from '#components/ui/field.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { toast } from '#components/ui/toaster.tsx'
import { api } from '#lib/client/index.ts'
import { isAppError } from '#lib/errors/index.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import { leastPasswordLength } from '#lib/model/login.ts'

/** Another password; every other session ends with the old one, unless it is to stay. */
export function ChangePassword({ login }: { login: string }) {
  const t = useTranslations('settings.password')
  const say = useErrorSentence()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [endOthers, setEndOthers] = useState(true)
  const [tried, setTried] = useState(false)
  const [pending, setPending] = useState(false)
  const [refused, setRefused] = useState<string>()
  const change = async () => {
    setTried(true)
    setRefused(undefined)
    if (!current || next.length < leastPasswordLength) return
    setPending(true)
    try {
      await api('/api/me', { method: 'PATCH', body: { password: { current, next, keepSessions: !endOthers } } })
      toast({ title: `${t('changed')}.`, description: endOthers ? t('changedText') : undefined })
      setCurrent('')
      setNext('')
      setTried(false)
    } catch (error) {
      setRefused(say(error))
      if (!isAppError(error)) throw error
    } finally {
      setPending(false)
    }
  }
  return (
    <Panel title={t('title')}>
      <form
        noValidate
        className="flex max-w-md flex-col gap-4 py-1"
        onSubmit={(event) => {
          event.preventDefault()
          void change()
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
        <Button type="submit" size={32} pending={pending} className="self-start">
          {t('change')}
        </Button>
      </form>
    </Panel>
  )
}
