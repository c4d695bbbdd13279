'use client'

import { ArrowUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Freshness } from '#components/ui/freshness.tsx'
import { Count } from '#components/ui/numbers.tsx'
import type { ChannelState } from '#lib/client/index.ts'
import type { EnvironmentFreshness, ResourceHead } from '#lib/model/inventory.ts'
import { Partial } from './notices.tsx'

interface ListHeadProps {
  title: string
  /** Undefined while nobody knows. */
  total: number | undefined
  head: ResourceHead | undefined
  state: ChannelState
  /** Rows that wait to be let in. */
  waiting: number
  held: 'selection' | null
  onWaiting(): void
}

/** What the list is of, how many, and how fresh they are. */
export function ListHead({ title, total, head, state, waiting, held, onWaiting }: ListHeadProps) {
  const t = useTranslations('resources.list')
  return (
    <div className="flex h-12 flex-none items-center gap-3 border-b border-line px-5 max-sm:px-4">
      <h1 className="truncate text-lg font-semibold tracking-[-0.01em]">{title}</h1>
      {total !== undefined && (
        <span className="text-xs text-ink-3">
          <Count value={total} />
          {head && !head.totalExact && '+'}
        </span>
      )}
      {waiting > 0 && (
        <button
          type="button"
          title={t('waitingHint')}
          onClick={onWaiting}
          className="inline-flex h-6 items-center gap-1 rounded-full border border-accent-line bg-accent-wash px-2 text-xs font-medium text-accent tabular-nums"
        >
          <ArrowUp aria-hidden className="size-3" strokeWidth={2} />
          {t('waiting', { count: waiting })}
        </button>
      )}
      <span className="flex-1" />
      {head && <Partial environments={head.environments} />}
      <ListFreshness state={state} held={held} environments={head?.environments ?? []} />
    </div>
  )
}

const shapes = { behind: 'polled', connecting: 'polled', stale: 'silent', paused: 'held' } as const

/** Live is the list when its connection is and somebody follows at least one of its environments. */
function ListFreshness({
  state,
  held,
  environments,
}: Pick<ListHeadProps, 'state' | 'held'> & { environments: readonly EnvironmentFreshness[] }) {
  const t = useTranslations('resources.freshness')
  const stateWords = useTranslations('environmentStates')
  const [first] = environments
  if (held) return <Freshness state="held">{t('held')}</Freshness>
  if (state === 'live' && first && first.state !== 'live' && environments.every((one) => one.state !== 'live'))
    return <Freshness state={shapes[first.state]}>{stateWords(first.state)}</Freshness>
  if (state === 'live') return <Freshness state="live">{t('live')}</Freshness>
  if (state === 'connecting') return <Freshness state="polled">{t('connecting')}</Freshness>
  return <Freshness state="silent">{t('reconnecting')}</Freshness>
}
