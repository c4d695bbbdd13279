'use client'

import { Pencil, ShieldCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { EntryRow } from '#components/changes/day-list.tsx'
import { foldBatches, foldRepeats } from '#components/changes/days.ts'
import { Headroom } from '#components/home/headroom.tsx'
import { DegradedRow, ProblemCard } from '#components/home/problems.tsx'
import { ActionHost } from '#components/resources/actions/action-host.tsx'
import { useWords } from '#components/resources/words.ts'
import { useConsole } from '#components/shell/console-context.tsx'
import { usePageFreshness } from '#components/shell/page-store.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Flag } from '#components/ui/flag.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { useLive } from '#lib/client/index.ts'
import type { Environment } from '#lib/model/environment.ts'
import type { EnvironmentOverview } from '#lib/model/home.ts'
import type { LiveList } from '#lib/model/live.ts'
import type { Row } from '#lib/model/resource.ts'
import { EnvironmentMenu } from './environment-list.tsx'
import { useEnvironmentActions } from './pause-and-remove.tsx'
import { verdictOnConnecting } from './rights.ts'
import { EnvironmentStateLabel } from './state.tsx'
import { EngineFacts, KindTiles } from './overview-figures.tsx'
import { StateBar } from './state-bar.tsx'

/** One environment: how it is, what it holds, what is wrong there, what changed there, and what the engine says of itself. */
export function Overview({ initial }: { initial: LiveList<Row, EnvironmentOverview> }) {
  const { id } = initial.head.environment
  const {
    rows = initial.rows,
    head = initial.head,
    state,
    at,
  } = useLive<Row, EnvironmentOverview>('environments.overview', { environment: id }, { initial })
  usePageFreshness(state === 'reconnecting' ? { state: 'polled', at } : null)
  return (
    <>
      <StateBar environment={head.environment} />
      <div className="flex flex-col gap-4 px-6 pt-4 pb-6 max-sm:px-0">
        <Head head={head} />
        <KindTiles head={head} />
        <div className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_360px]">
          <Problems rows={rows} head={head} />
          <div className="flex flex-col gap-4 self-start">
            <EngineFacts head={head} />
            <Unfollowed environment={head.environment} />
            <InUse environment={head.environment} />
          </div>
        </div>
        <RecentChanges head={head} />
        <ActionHost />
      </div>
    </>
  )
}

function Head({ head: { environment } }: { head: EnvironmentOverview }) {
  const t = useTranslations('environments')
  const words = useWords()
  const { actor } = useConsole()
  const { ask, dialog } = useEnvironmentActions()
  const verdict = verdictOnConnecting(actor.bindings)
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 max-sm:px-4">
      <Flag flag={environment.flag} size={24} />
      <h1 className="text-xl font-semibold tracking-[-0.015em]">{environment.name}</h1>
      <EnvironmentStateLabel environment={environment} since />
      {environment.protected && (
        <span className="inline-flex items-center gap-1 text-xs text-ink-3" title={t('protectedText')}>
          <ShieldCheck aria-hidden className="size-3.5" strokeWidth={1.6} />
          {t('protected')}
        </span>
      )}
      <span className="flex-1" />
      {verdict.allowed && (
        <ButtonLink icon={Pencil} href={`/environments/${environment.id}/settings`} className="max-sm:hidden">
          {t('overview.settings')}
        </ButtonLink>
      )}
      <EnvironmentMenu environment={environment} off={verdict.allowed ? undefined : words.reason(verdict.reason)} ask={ask} />
      {environment.description && <p className="basis-full text-sm text-ink-2">{environment.description}</p>}
      {dialog}
    </div>
  )
}

function Problems({ rows, head: { environment } }: { rows: readonly Row[]; head: EnvironmentOverview }) {
  const t = useTranslations('environments.overview')
  const answers = environment.state === 'live' || environment.state === 'behind'
  const failing = rows.filter((row) => row.health === 'failing')
  const degraded = rows.filter((row) => row.health === 'degraded')
  return (
    <Panel title={answers ? t('problems') : t('problemsThen')} flush className="self-start max-sm:rounded-none max-sm:border-x-0">
      {rows.length === 0 && (
        <EmptyState title={answers ? t('noProblems') : t('noProblemsThen')}>{t('noProblemsText', { name: environment.name })}</EmptyState>
      )}
      <ol>
        {failing.map((row) => (
          <ProblemCard key={row.id} row={row} environment={environment} />
        ))}
        {degraded.map((row) => (
          <DegradedRow key={row.id} row={row} environment={environment} />
        ))}
      </ol>
    </Panel>
  )
}

/** Kinds that the engine does not let Portolan follow, each with its reason. */
function Unfollowed({ environment: { unfollowed = {} } }: { environment: Environment }) {
  const t = useTranslations('environments.overview')
  const words = useWords()
  // The engine's own words name each kind; what they have in common is said once.
  const byReason = Map.groupBy(Object.entries(unfollowed), ([, { code, params }]) => words.reason({ code, params }))
  if (byReason.size === 0) return null
  return (
    <Panel title={t('unfollowed')} className="max-sm:rounded-none max-sm:border-x-0">
      <ul className="flex flex-col gap-3 text-sm">
        {[...byReason].map(([reason, kinds]) => (
          <li key={reason}>
            <p>{kinds.map(([kind]) => words.kindNamed(kind)).join(', ')}</p>
            <p className="mt-0.5 text-xs break-words text-ink-2">{reason}</p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function InUse({ environment }: { environment: Environment }) {
  const t = useTranslations('home.headroom')
  if (environment.state !== 'live' && environment.state !== 'behind') return null
  return (
    <Panel title={t('title')} className="max-sm:rounded-none max-sm:border-x-0">
      <Headroom environment={environment} />
    </Panel>
  )
}

const mostEntries = 12

function RecentChanges({ head: { environment, changes } }: { head: EnvironmentOverview }) {
  const t = useTranslations('environments.overview')
  return (
    <Panel
      title={t('changes')}
      flush
      className="max-sm:rounded-none max-sm:border-x-0"
      aside={
        <Link href={`/changes?environment=${environment.id}`} className="text-xs text-accent hover:underline">
          {t('allChanges')}
        </Link>
      }
    >
      {changes.length === 0 ? (
        <p className="px-3.5 py-6 text-center text-sm text-ink-2">{t('noChanges')}</p>
      ) : (
        <ol>
          {foldRepeats(foldBatches(changes))
            .slice(0, mostEntries)
            .map((entry) => (
              <EntryRow key={entry.id} entry={entry} />
            ))}
        </ol>
      )}
    </Panel>
  )
}
