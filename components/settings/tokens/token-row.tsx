'use client'

import { KeyRound } from 'lucide-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Ago } from '#components/ui/ago.tsx'
import { Button } from '#components/ui/button.tsx'
import { Chip } from '#components/ui/chip.tsx'
import { useTicking } from '#components/ui/clock.ts'
import { formatUtc } from '#components/ui/format.ts'
import { toast } from '#components/ui/toaster.tsx'
import { api } from '#lib/client/index.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import type { Token } from '#lib/model/token.ts'
import { focusOnce } from './focus-once.ts'

/** One token: what it may do, until when, when it was used; and its end, asked for twice. */
export function TokenRow({ token }: { token: Token }) {
  const t = useTranslations('settings.tokens')
  const tRoles = useTranslations('roles')
  const say = useErrorSentence()
  /** Undefined until it is asked for the first time. */
  const [asking, setAsking] = useState<boolean>()
  const { id, name, start, role, own, userName, lastUsedAt, expiresAt } = token
  const revoke = useMutation({
    mutationFn: () => api(`/api/tokens/${id}`, { method: 'DELETE' }),
    onSuccess: () => toast({ health: 'completed', title: `${t('revoked', { name })}.` }),
    onError: (error) => toast({ health: 'failing', title: say(error) }),
  })
  const end = `${formatUtc(new Date(expiresAt)).slice(0, 16)} UTC`
  const expired = useTicking((now) => Date.parse(expiresAt) <= now)
  return (
    <li className="flex flex-wrap items-center gap-3 border-t border-line px-3.5 py-2.5 first:border-t-0">
      <KeyRound aria-hidden className="size-4 flex-none text-ink-3" strokeWidth={1.6} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 text-sm">
          <span className="min-w-0 font-medium break-words">{name}</span>
          <Chip>{tRoles(role)}</Chip>
          {!own && <span className="text-ink-3">{t('of', { name: userName })}</span>}
        </p>
        <p className="mt-0.5 flex flex-wrap gap-x-3 text-xs text-ink-3 tabular-nums">
          <span className="font-mono">{start}…</span>
          <span>
            {t('used')} {lastUsedAt ? <Ago at={lastUsedAt} /> : t('never')}
          </span>
          <span className={expired ? 'text-warn' : undefined}>{t(expired ? 'expired' : 'until', { time: end })}</span>
        </p>
      </div>
      {!asking && (
        <Button
          size={24}
          ref={asking === false ? focusOnce : undefined}
          aria-label={t('revokeOf', { name })}
          onClick={() => setAsking(true)}
        >
          {t('revoke')}
        </Button>
      )}
      {asking && (
        <div className="flex w-full flex-wrap items-center justify-end gap-2 text-sm">
          <p className="min-w-0 flex-1 text-ink-2">{t('revokeText', { name })}</p>
          <Button size={24} ref={focusOnce} onClick={() => setAsking(false)}>
            {t('cancel')}
          </Button>
          <Button size={24} variant="danger" pending={revoke.isPending} onClick={() => revoke.mutate()}>
            {t('revoke')}
          </Button>
        </div>
      )}
    </li>
  )
}
