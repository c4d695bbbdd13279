'use client'

import { ArrowUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Count } from '#components/ui/numbers.tsx'
import type { EnvironmentFreshness, ResourceHead } from '#lib/model/inventory.ts'

interface ListHeadProps {
  title: string
  /** Undefined while nobody knows. */
  total: number | undefined
  head: ResourceHead | undefined
  /** Rows that wait to be let in. */
  waiting: number
  onWaiting(): void
}

/** What the list is of, how many, and of which environments not. How fresh they are stands in the top bar, as of any page. */
export function ListHead({ title, total, head, waiting, onWaiting }: ListHeadProps) {
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
    </div>
  )
}

/** In the head of a list over several environments: how many of them the rows are of. */
function Partial({ environments }: { environments: readonly EnvironmentFreshness[] }) {
  const t = useTranslations('resources.notices')
  const missing = environments.filter((e) => e.state === 'stale' || (e.state === 'connecting' && e.syncedAt === null))
  if (environments.length < 2 || !missing.length) return null
  return (
    <span className="text-xs text-warn">
      {t('partial', { answered: environments.length - missing.length, all: environments.length })},{' '}
      {t('partialMissing', { names: missing.map((e) => e.name).join(', ') })}
    </span>
  )
}
