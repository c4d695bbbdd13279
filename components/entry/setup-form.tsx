'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState, type SubmitEvent } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field, Input, PasswordInput } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { api } from '#lib/client/index.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import { leastPasswordLength, loginRule } from '#lib/model/login.ts'
import { strengthOf } from './password-strength.ts'
import { signIn } from './sign-in.ts'
import { StrengthMeter } from './strength-meter.tsx'

const names = ['name', 'login', 'password'] as const
type Values = Record<(typeof names)[number], string>

/** The first account: made with a link that works once, then signed in and led to the engines of this machine. */
export function SetupForm({ token }: { token: string }) {
  const t = useTranslations('entry.setup')
  const router = useRouter()
  const say = useErrorSentence()
  const [values, setValues] = useState<Values>({ name: '', login: '', password: '' })
  const [left, setLeft] = useState<Partial<Record<keyof Values, boolean>>>({})
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const errors = useProblems(values)
  const form = useRef<HTMLFormElement>(null)
  // What was typed before this page listened stands in the fields only.
  useEffect(() => {
    const typed = new FormData(form.current!)
    setValues({ name: String(typed.get('name')), login: String(typed.get('login')), password: String(typed.get('password')) })
  }, [])
  const field = (name: keyof Values) => ({
    name,
    value: values[name],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value }),
    onBlur: () => values[name] !== '' && setLeft({ ...left, [name]: true }),
  })
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    setLeft({ name: true, login: true, password: true })
    const wrong = names.find((name) => errors[name])
    if (wrong) return event.currentTarget.querySelector<HTMLInputElement>(`[name=${wrong}]`)?.focus()
    if (pending) return
    setPending(true)
    setProblem(null)
    const login = values.login.trim().toLowerCase()
    try {
      await api('/api/setup', { method: 'POST', body: { token, name: values.name.trim(), login, password: values.password } })
      const outcome = await signIn(login, values.password)
      if (outcome.is === 'in') return location.assign('/welcome')
      setProblem(t('signInFailed'))
    } catch (error) {
      setProblem(say(error))
      router.refresh()
    }
    setPending(false)
  }
  return (
    <form ref={form} method="post" className="mt-7 flex flex-col gap-4" onSubmit={(event) => void submit(event)} noValidate>
      {problem && <Notice tone="failed" live title={problem} />}
      <Field label={t('name')} help={t('nameHelp')} error={left.name && errors.name}>
        <Input size={36} autoComplete="name" required maxLength={100} {...field('name')} />
      </Field>
      <Field label={t('login')} help={t('loginHelp')} error={left.login && errors.login}>
        <Input
          size={36}
          autoComplete="username"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          required
          maxLength={100}
          {...field('login')}
        />
      </Field>
      <Field
        label={t('password')}
        aside={values.password !== '' && <StrengthMeter strength={strengthOf(values.password)} />}
        help={t('passwordHelp', { count: leastPasswordLength })}
        error={left.password && errors.password}
      >
        <PasswordInput size={36} autoComplete="new-password" required maxLength={200} {...field('password')} />
      </Field>
      <Button type="submit" variant="primary" size={36} className="mt-1 w-full" pending={pending}>
        {t('submit')}
      </Button>
    </form>
  )
}

/** What is wrong with each field now. */
function useProblems({ name, login, password }: Values): Partial<Record<keyof Values, string>> {
  const t = useTranslations('entry.setup')
  const count = [...password].length
  const same = password !== '' && password.toLowerCase() === login.trim().toLowerCase()
  return {
    name: name.trim() === '' ? t('nameMissing') : undefined,
    login: loginRule.test(login.trim().toLowerCase()) ? undefined : t('loginWrong'),
    password:
      count < leastPasswordLength ? t('passwordShort', { count, least: leastPasswordLength }) : same ? t('passwordIsLogin') : undefined,
  }
}
