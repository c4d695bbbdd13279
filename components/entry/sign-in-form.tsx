'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState, type SubmitEvent } from 'react'
import { useTicking } from '#components/ui/clock.ts'
import { Button } from '#components/ui/button.tsx'
import { Field, Input, PasswordInput } from '#components/ui/field.tsx'
import { formatAge } from '#components/ui/format.ts'
import { Notice } from '#components/ui/notice.tsx'
import { useUi } from '#components/ui/provider.tsx'
import { isAppError } from '#lib/errors/index.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import { safePath } from '#lib/model/safe-path.ts'
import { signIn, type SignInOutcome } from './sign-in.ts'

type Problem = Exclude<SignInOutcome, { is: 'in' | 'waiting' }>['is'] | 'down'
interface Missing {
  login?: boolean
  password?: boolean
}

const isDown = (error: unknown): boolean => !isAppError(error) || error.reason?.code === 'portolan-unreachable'

interface SignInFormProps {
  /** Where to go afterwards. */
  back: string | null
  /** How a try without this form ended. */
  initial: SignInOutcome | null
  /** Another way in stands before it. */
  second: boolean
}

export function SignInForm({ back, initial, second }: SignInFormProps) {
  const t = useTranslations('entry.signIn')
  const { renderedAt } = useUi()
  const say = useErrorSentence()
  const first = useRef<HTMLInputElement>(null)
  // The page is this form and nothing else, where there is no other way in.
  useEffect(() => {
    if (!second) first.current?.focus()
  }, [second])
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(initial?.is === 'wrong' || initial?.is === 'unavailable' ? initial.is : null)
  const [cause, setCause] = useState<unknown>(null)
  const [waitUntil, setWaitUntil] = useState(() => (initial?.is === 'waiting' ? renderedAt + initial.seconds * 1000 : null))
  const [missing, setMissing] = useState<Missing>({})
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const [login, password] = [String(fields.get('login')).trim(), String(fields.get('password'))]
    setMissing({ login: login === '', password: password === '' })
    if (login === '' || password === '' || pending) return
    setPending(true)
    setProblem(null)
    setCause(null)
    setWaitUntil(null)
    const outcome = await signIn(login, password).catch((error: unknown) => {
      setCause(error)
      return { is: isDown(error) ? 'down' : 'unavailable' } as const
    })
    // A full load: everything that was fetched for nobody is thrown away with the page.
    if (outcome.is === 'in') return location.assign(safePath(back))
    setPending(false)
    if (outcome.is === 'waiting') setWaitUntil(Date.now() + outcome.seconds * 1000)
    else setProblem(outcome.is)
  }
  const passwordError = missing.password ? (
    t('passwordMissing')
  ) : waitUntil !== null ? (
    <Waiting until={waitUntil} />
  ) : (
    problem === 'wrong' && t('wrong')
  )
  return (
    <form method="post" className="mt-7 flex flex-col gap-4" onSubmit={(event) => void submit(event)} noValidate>
      {(problem === 'down' || problem === 'unavailable') && (
        <Notice tone="stale" live title={t(problem)}>
          {problem === 'unavailable' && cause !== null && say(cause)}
        </Notice>
      )}
      <Field label={t('account')} error={missing.login && t('accountMissing')}>
        <Input
          size={36}
          ref={first}
          name="login"
          autoComplete="username"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          required
        />
      </Field>
      <Field label={t('password')} error={passwordError}>
        <PasswordInput size={36} name="password" autoComplete="current-password" required />
      </Field>
      <Button type="submit" variant={second ? undefined : 'primary'} size={36} className="mt-1 w-full" pending={pending}>
        {t('submit')}
      </Button>
    </form>
  )
}

/** Counts down to the next try. */
function Waiting({ until }: { until: number }) {
  const t = useTranslations('entry.signIn')
  const { locale } = useUi()
  const wait = useTicking((now) => (now < until ? formatAge(until - now + 999, locale) : ''))
  return wait === '' ? t('waitOver') : t('waiting', { wait })
}
