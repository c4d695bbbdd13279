'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { useTicking } from '#components/ui/clock.ts'
import { Field, Input } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { api } from '#lib/client/index.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import type { Role } from '#lib/model/role.ts'
import type { MadeToken } from '#lib/model/token.ts'
import { daysFrom, expiresAt, expiries, type Expiry } from './expiry.ts'
import { focusOnce } from './focus-once.ts'

interface Made {
  name: string
  token: MadeToken
}

/** Name, role and expiry of a token to be. `roles` are those that its person holds somewhere, the least first. */
export function NewToken({ roles, onMade, onCancel }: { roles: readonly Role[]; onMade: (made: Made) => void; onCancel: () => void }) {
  const t = useTranslations('settings.tokens')
  const tRoles = useTranslations('roles')
  const say = useErrorSentence()
  const [name, setName] = useState('')
  const [role, setRole] = useState<string>(roles[0] ?? '')
  const [expiry, setExpiry] = useState<Expiry>('90')
  const [date, setDate] = useState('')
  const [tried, setTried] = useState(false)
  const first = useTicking((now) => daysFrom(now).first)
  const last = useTicking((now) => daysFrom(now).last)
  const dateOff = expiry === 'date' && (date < first || date > last)
  const create = useMutation({
    mutationFn: (body: { name: string; role: string; expiresAt: string }) => api<MadeToken>('/api/tokens', { method: 'POST', body }),
    onSuccess: (token, made) => onMade({ name: made.name, token }),
  })
  const refused = create.error ? say(create.error) : undefined
  return (
    <form
      noValidate
      className="flex flex-col gap-4 border-b border-line px-3.5 py-4 *:max-w-md"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        const end = expiresAt(expiry, date, Date.now())
        if (name.trim() && end !== null) create.mutate({ name: name.trim(), role, expiresAt: end })
      }}
    >
      <Field label={t('name')} help={t('nameHelp')} error={refused ?? (tried && !name.trim() ? t('nameMissing') : undefined)}>
        <Input ref={focusOnce} autoComplete="off" maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <Field label={t('role')}>
          <Select
            options={roles.map((value) => ({ value, label: tRoles(value) }))}
            value={role}
            onChange={(event) => setRole(event.target.value)}
          />
        </Field>
        <Field label={t('expires')}>
          <Select
            options={expiries.map((value) => ({ value, label: value === 'date' ? t('onDate') : t('in', { days: Number(value) }) }))}
            value={expiry}
            onChange={(event) => setExpiry(event.target.value as Expiry)}
          />
        </Field>
      </div>
      {expiry === 'date' && (
        <Field label={t('date')} error={tried && dateOff ? t('dateMissing') : undefined}>
          <Input type="date" min={first} max={last} value={date} onChange={(event) => setDate(event.target.value)} />
        </Field>
      )}
      <div className="flex gap-2">
        <Button type="submit" size={32} pending={create.isPending}>
          {t('create')}
        </Button>
        <Button size={32} onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
