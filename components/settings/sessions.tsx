'use client'

import { Laptop, Terminal } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Failure } from '#components/states/failure.tsx'
import { Ago } from '#components/ui/ago.tsx'
import { Button } from '#components/ui/button.tsx'
import { Chip } from '#components/ui/chip.tsx'
import { formatUtc } from '#components/ui/format.ts'
import { Panel } from '#components/ui/panel.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { toast } from '#components/ui/toaster.tsx'
import { api, useLive } from '#lib/client/index.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import type { LiveList } from '#lib/model/live.ts'
import type { Session } from '#lib/model/person.ts'
import { readUserAgent } from './user-agent.ts'

/** Where you are signed in; each can be ended, this one by signing out. */
export function Sessions({ initial }: { initial: LiveList<Session, unknown> }) {
  const t = useTranslations('settings.sessions')
  const { rows, error } = useLive<Session, unknown>('sessions.list', {}, { initial })
  const end = useEnd()
  const others = rows?.filter((session) => !session.current) ?? []
  return (
    <>
      <p className="text-sm text-ink-2">{t('lead')}</p>
      <Panel
        title={t('title')}
        flush
        aside={
          <Button
            size={24}
            variant="danger"
            disabledReason={others.length === 0 ? t('noOthers') : undefined}
            onClick={() => void end.others()}
          >
            {t('endOthers', { count: Math.max(1, others.length) })}
          </Button>
        }
      >
        {rows ? (
          <ul>
            {rows.map((session) => (
              <SessionRow key={session.id} session={session} pending={end.pending === session.id} onEnd={() => void end.one(session)} />
            ))}
          </ul>
        ) : error ? (
          <div className="p-3">
            <Failure error={error} />
          </div>
        ) : (
          <SkeletonRows count={3} />
        )}
      </Panel>
    </>
  )
}

function useEnd() {
  const t = useTranslations('settings.sessions')
  const say = useErrorSentence()
  const [pending, setPending] = useState<string | null>(null)
  const during = async (id: string, act: () => Promise<string>) => {
    setPending(id)
    try {
      toast({ health: 'completed', title: `${await act()}.` })
    } catch (error) {
      toast({ health: 'failing', title: say(error) })
    }
    setPending(null)
  }
  return {
    pending,
    one: ({ id }: Session) => during(id, () => api(`/api/sessions/${id}`, { method: 'DELETE' }).then(() => t('ended'))),
    others: () =>
      during('others', () =>
        api<{ ended: number }>('/api/sessions', { method: 'DELETE' }).then(({ ended }) => t('endedOthers', { count: ended })),
      ),
  }
}

function SessionRow({ session, pending, onEnd }: { session: Session; pending: boolean; onEnd: () => void }) {
  const t = useTranslations('settings.sessions')
  const { address, userAgent, lastSeenAt, createdAt, expiresAt, current } = session
  const agent = readUserAgent(userAgent)
  const name = agent ? t('on', agent) : t('unknownProgram')
  const Icon = agent ? Laptop : Terminal
  return (
    <li className="flex items-center gap-3 border-t border-line px-3.5 py-2.5 first:border-t-0">
      <Icon aria-hidden className="size-4 flex-none text-ink-3" strokeWidth={1.6} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 text-sm">
          <span className="font-medium" title={userAgent}>
            {name}
          </span>
          <span className="text-ink-3">{t('from', { address })}</span>
          {current && <Chip>{t('this')}</Chip>}
        </p>
        <p className="mt-0.5 flex flex-wrap gap-x-3 text-xs text-ink-3 tabular-nums">
          <span>
            {t('lastSeen')} <Ago at={lastSeenAt} />
          </span>
          <span>
            {t('began')} <Ago at={createdAt} />
          </span>
          <span>{t('expires', { time: `${formatUtc(new Date(expiresAt)).slice(0, 16)} UTC` })}</span>
        </p>
      </div>
      {!current && (
        <Button size={24} pending={pending} aria-label={t('endOf', { name })} onClick={onEnd}>
          {t('end')}
        </Button>
      )}
    </li>
  )
}
