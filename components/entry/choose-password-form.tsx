'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState, type SubmitEvent } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field, PasswordInput } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { api } from '#lib/client/index.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import { leastPasswordLength } from '#lib/model/login.ts'
import { strengthOf } from './password-strength.ts'
import { signIn } from './sign-in.ts'
import { StrengthMeter } from './strength-meter.tsx'

/** Behind the link of an invitation or a reset: the account is known, its password is chosen here, and they are in. */
export function ChoosePasswordForm({ token, login }: { token: string; login: string }) {
  const t = useTranslations('entry.setup')
  const tJoin = useTranslations('entry.join')
  const router = useRouter()
  const say = useErrorSentence()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const [password, setPassword] = useState('')
  const [left, setLeft] = useState(false)
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const count = [...password].length
  const wrong =
    count < leastPasswordLength
      ? t('passwordShort', { count, least: leastPasswordLength })
      : password.toLowerCase() === login
        ? t('passwordIsLogin')
        : undefined
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    setLeft(true)
    if (wrong) return field.current?.focus()
    if (pending) return
    setPending(true)
    setProblem(null)
    try {
      await api('/api/setup/password', { method: 'POST', body: { token, password } })
      const outcome = await signIn(login, password)
      if (outcome.is === 'in') return location.assign('/')
      setProblem(tJoin('signInFailed'))
    } catch (error) {
      setProblem(say(error))
      router.refresh()
    }
    setPending(false)
  }
  return (
    <form className="mt-7 flex flex-col gap-4" onSubmit={(event) => void submit(event)} noValidate>
      {problem && <Notice tone="failed" live title={problem} />}
      <p className="text-sm text-ink-2">
        {tJoin('account')} <b className="font-medium text-ink">{login}</b>
      </p>
      {/* Password managers file the password under it. */}
      <input type="text" name="username" autoComplete="username" value={login} readOnly hidden />
      <Field
        label={t('password')}
        aside={password !== '' && <StrengthMeter strength={strengthOf(password)} />}
        help={t('passwordHelp', { count: leastPasswordLength })}
        error={left && wrong}
      >
        <PasswordInput
          size={36}
          ref={field}
          name="password"
          autoComplete="new-password"
          required
          maxLength={200}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          onBlur={() => password !== '' && setLeft(true)}
        />
      </Field>
      <Button type="submit" variant="primary" size={36} className="mt-1 w-full" pending={pending}>
        {tJoin('submit')}
      </Button>
    </form>
  )
}
