'use client'

import { useTranslations } from 'next-intl'
import { Ago } from '#components/ui/ago.tsx'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { formatClock, formatNumber } from '#components/ui/format.ts'
import { Notice } from '#components/ui/notice.tsx'
import { useUi } from '#components/ui/provider.tsx'
import { useConsole } from '#components/shell/console-context.tsx'
import { environmentPath } from '#components/shell/place.ts'
import type { AppError } from '#lib/errors/index.ts'
import { errorTable } from '#lib/errors/index.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import type { EnvironmentFreshness, ResourceHead } from '#lib/model/inventory.ts'
import type { KindDescription } from '#lib/model/kind.ts'
import type { Filter } from '#lib/model/query.ts'
import { useWords } from '../words.ts'

const bold = (chunks: React.ReactNode) => <b className="font-medium">{chunks}</b>

/** What a list must say before its rows: of which environments they are not of now, and what is not told at all. */
export const Bars = ({ kinds, environments }: { kinds: readonly KindDescription[]; environments: readonly EnvironmentFreshness[] }) => (
  <>
    <FreshnessBars environments={environments} />
    <UnfollowedBars kinds={kinds} environments={environments} />
  </>
)

/** A bar for each environment whose rows are not of now, with their date. */
export function FreshnessBars({ environments }: { environments: readonly EnvironmentFreshness[] }) {
  return environments
    .filter((e) => e.state !== 'live')
    .map((environment) => <FreshnessBar key={environment.id} environment={environment} />)
}

const words = { stale: 'silent', behind: 'behind', paused: 'paused', connecting: 'connecting' } as const

function FreshnessBar({ environment: { id, name, state, stateSince, syncedAt, lastContactAt } }: { environment: EnvironmentFreshness }) {
  const t = useTranslations('resources')
  if (state === 'live') return null
  const word = syncedAt === null && state === 'stale' ? 'never' : words[state]
  // Up to then everything was taken in; each kind alone may have been written long before, when nothing changed.
  const seen = state === 'behind' ? stateSince : (syncedAt ?? lastContactAt)
  const values = { environment: name, b: bold, time: seen ? formatClock(new Date(seen)) : '–' }
  return (
    <Notice
      bar
      live
      tone={state === 'stale' || state === 'behind' ? 'stale' : 'info'}
      title={t.rich(`notices.${word}`, {
        ...values,
        age: () => <Ago at={state === 'behind' ? stateSince : (lastContactAt ?? stateSince)} />,
      })}
      actions={
        <ButtonLink size={24} href={environmentPath(id)}>
          {t('notices.open')}
        </ButtonLink>
      }
    />
  )
}

/** A bar for each environment that does not let all of these kinds be followed: what is not told is not empty. */
function UnfollowedBars({ kinds, environments }: { kinds: readonly KindDescription[]; environments: readonly EnvironmentFreshness[] }) {
  const t = useTranslations('resources.notices')
  const say = useWords()
  const { environmentById } = useConsole()
  return environments.flatMap(({ id, name }) =>
    kinds.flatMap((kind) => {
      const reason = environmentById.get(id)?.unfollowed?.[kind.name]
      if (!reason) return []
      return [
        <Notice key={`${id} ${kind.name}`} bar live tone="forbidden" title={t('unfollowed', { environment: name, things: say.kind(kind) })}>
          {say.reason(reason)}
        </Notice>,
      ]
    }),
  )
}

/** Why there is no list: forbidden is not empty, and an outage is not either. */
export function ListFailure({ error, things, onRetry }: { error: AppError; things: string; onRetry(): void }) {
  const t = useTranslations('resources.notices')
  const say = useErrorSentence()
  const forbidden = errorTable[error.code].show === 'forbidden'
  const requestId = (error.details as { requestId?: string } | undefined)?.requestId
  return (
    <div className="p-5">
      <Notice
        live
        tone={forbidden ? 'forbidden' : 'failed'}
        title={forbidden ? t('forbidden', { things }) : t('failed')}
        requestId={requestId}
        actions={!forbidden && <Button onClick={onRetry}>{t('retry')}</Button>}
      >
        {say(error)} {forbidden && t('forbiddenBody')}
      </Notice>
    </div>
  )
}

interface NothingProps {
  head: ResourceHead
  kinds: readonly KindDescription[]
  things: string
  /** Of one environment, or null for all of them. */
  environment: string | null
  filters: readonly Filter[]
  text: string
  sayFilter(filter: Filter): string
  onFilters(filters: Filter[]): void
  onText(text: string): void
}

/** Truly empty, or filtered to nothing: then how many there are and what to drop. */
export function Nothing({ head, kinds, things, environment, filters, text, sayFilter, onFilters, onText }: NothingProps) {
  const t = useTranslations('resources')
  const { locale } = useUi()
  const { environmentById } = useConsole()
  const isUntold = head.environments.some(({ id }) => kinds.some(({ name }) => environmentById.get(id)?.unfollowed?.[name]))
  const last = filters.at(-1)
  if (head.unfilteredTotal > 0 && (last || text))
    return (
      <div className="p-5">
        <Notice
          tone="info"
          title={t('empty.filteredTitle')}
          actions={
            <>
              {last && <Button onClick={() => onFilters(filters.slice(0, -1))}>{t('empty.dropFilter')}</Button>}
              {text && <Button onClick={() => onText('')}>{t('empty.dropText')}</Button>}
              {filters.length + (text ? 1 : 0) > 1 && (
                <Button
                  variant="quiet"
                  onClick={() => {
                    onFilters([])
                    onText('')
                  }}
                >
                  {t('list.dropAll')}
                </Button>
              )}
            </>
          }
        >
          {t('empty.filteredCount', { count: formatNumber(head.unfilteredTotal, locale), things })}{' '}
          {last ? t('empty.filteredOne', { filter: sayFilter(last) }) : t('empty.filteredText', { text })}
        </Notice>
      </div>
    )
  if (!head.environments.length)
    return (
      <EmptyState
        title={t('empty.noEnvironments')}
        actions={
          <ButtonLink href="/environments/new" variant="primary" size={32}>
            {t('empty.connect')}
          </ButtonLink>
        }
      />
    )
  if (isUntold) return <EmptyState title={t('empty.untold', { things })}>{t('empty.untoldBody')}</EmptyState>
  return (
    <EmptyState title={environment ? t('empty.title', { things, environment }) : t('empty.titleFleet', { things })}>
      {t('empty.body')}
    </EmptyState>
  )
}
