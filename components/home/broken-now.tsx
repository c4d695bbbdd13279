'use client'

import { useTranslations } from 'next-intl'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Panel } from '#components/ui/panel.tsx'
import type { EnvironmentCard, HomeHead } from '#lib/model/home.ts'
import type { Row } from '#lib/model/resource.ts'
import { AllProblemsLink, DegradedRow, ProblemCard, SilentRow } from './problems.tsx'

/** An environment of which nobody knows how it is now. */
export const isSilent = ({ environment }: EnvironmentCard): boolean => environment.state === 'stale'

/** The problems, worst first; then what needs attention; then who does not answer. */
export function BrokenNow({ rows, head }: { rows: readonly Row[]; head: HomeHead }) {
  const t = useTranslations('home')
  const environments = new Map(head.environments.map(({ environment }) => [environment.id, environment]))
  const failing = rows.filter((row) => row.health === 'failing')
  const degraded = rows.filter((row) => row.health === 'degraded')
  const silent = head.environments.filter(isSilent)
  const more = head.failing + head.degraded - rows.length
  const quiet = rows.length === 0 && silent.length === 0
  return (
    <Panel
      title={t('broken')}
      flush
      aside={!quiet && <AllProblemsLink label={t('allProblems')} />}
      className="self-start max-sm:rounded-none max-sm:border-x-0"
    >
      {quiet && <EmptyState title={t('quiet')}>{t('quietText')}</EmptyState>}
      {failing.length > 0 && (
        <ol>
          {failing.map((row) => (
            <ProblemCard key={row.id} row={row} environment={environments.get(row.environment)} />
          ))}
        </ol>
      )}
      {degraded.length + silent.length > 0 && (
        <>
          <h3 className="border-t border-line bg-canvas px-4 pt-4 pb-2 text-sm font-semibold sm:sr-only">{t('needAttention')}</h3>
          <ol className="border-t border-line">
            {degraded.map((row) => (
              <DegradedRow key={row.id} row={row} environment={environments.get(row.environment)} />
            ))}
            {silent.map(({ environment }) => (
              <SilentRow key={environment.id} environment={environment} />
            ))}
          </ol>
        </>
      )}
      {more > 0 && (
        <p className="flex h-row items-center border-t border-line px-2">
          <AllProblemsLink label={t('moreProblems', { count: more })} />
        </p>
      )}
    </Panel>
  )
}
