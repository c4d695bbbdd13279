'use client'

import { ArrowUp, History } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useSearchParams } from 'next/navigation'
import { useCallback, useState } from 'react'
import { usePageFreshness } from '#components/shell/page-store.ts'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { useTicking } from '#components/ui/clock.ts'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { Failure } from '#components/states/failure.tsx'
import { useLive } from '#lib/client/index.ts'
import type { Change, ChangesHead } from '#lib/model/change.ts'
import type { LiveList } from '#lib/model/live.ts'
import { DayList } from './day-list.tsx'
import { FilterBar } from './filter-bar.tsx'
import { formatFilters, isFiltered, pageSize, parseFilters, queryOf, type ChangeFilters } from './filters.ts'

/** So many are followed at once at most; older ones have pages of their own. */
const mostFollowed = 500

/** Everything that was done and that became different: found, filtered, followed. */
export function Changes({ initial, people }: { initial: LiveList<Change, ChangesHead>; people: readonly string[] }) {
  const t = useTranslations('changes')
  const filters = parseFilters(useSearchParams())
  const [limit, setLimit] = useState(pageSize)
  // A period moves on with the clock; everything else does not depend on it.
  const minute = useTicking((now) => (filters.time ? Math.floor(now / 60_000) : 0))
  const live = useLive<Change, ChangesHead>('changes.list', queryOf(filters, new Date(minute * 60_000), limit), { initial })
  usePageFreshness(live.state === 'reconnecting' ? { state: 'polled', at: live.at } : { state: 'live', tookMs: live.head?.tookMs })
  const change = useCallback((next: ChangeFilters) => {
    setLimit(pageSize)
    window.history.replaceState(null, '', `/changes${formatFilters(next)}`)
  }, [])
  return (
    <div className="flex flex-col gap-4 px-6 pt-4 pb-6 max-sm:px-0">
      <div className="max-sm:px-4">
        <h1 className="text-xl font-semibold tracking-[-0.015em]">{t('title')}</h1>
        <p className="mt-0.5 text-sm text-ink-2">{t('lead')}</p>
      </div>
      <FilterBar filters={filters} people={people} onChange={change} />
      {filters.before && (
        <Notice
          tone="info"
          title={t('olderThan')}
          actions={
            <ButtonLink icon={ArrowUp} href={`/changes${formatFilters({ ...filters, before: undefined })}`}>
              {t('newest')}
            </ButtonLink>
          }
        />
      )}
      {live.rows === undefined ? (
        live.error ? (
          <Failure error={live.error} />
        ) : (
          <Loading />
        )
      ) : live.rows.length === 0 ? (
        <None filters={filters} onClear={() => change({})} />
      ) : (
        <div aria-busy={live.loading} className={live.loading ? 'opacity-60' : undefined}>
          <DayList changes={live.rows} />
          <Older filters={filters} next={live.head?.next ?? null} limit={limit} onMore={() => setLimit(limit + pageSize)} />
        </div>
      )}
    </div>
  )
}

const Loading = () => (
  <Panel flush>
    <SkeletonRows count={10} />
  </Panel>
)

/** Truly nothing, or nothing that fits. */
function None({ filters, onClear }: { filters: ChangeFilters; onClear: () => void }) {
  const t = useTranslations('changes')
  if (isFiltered(filters))
    return (
      <Notice tone="info" title={t('noneTitle')} actions={<Button onClick={onClear}>{t('clear')}</Button>}>
        {t('noneText')}
      </Notice>
    )
  return (
    <Panel>
      <EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>
    </Panel>
  )
}

/** More of them below, then a page of their own, then the beginning. */
function Older({ filters, next, limit, onMore }: { filters: ChangeFilters; next: string | null; limit: number; onMore: () => void }) {
  const t = useTranslations('changes')
  if (next === null) return <p className="py-4 text-center text-xs text-ink-3">{t('end')}</p>
  return (
    <p className="flex justify-center py-4">
      {limit < mostFollowed ? (
        <Button icon={History} onClick={onMore}>
          {t('older')}
        </Button>
      ) : (
        <ButtonLink icon={History} href={`/changes${formatFilters({ ...filters, before: next })}`}>
          {t('older')}
        </ButtonLink>
      )}
    </p>
  )
}
