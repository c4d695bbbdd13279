'use client'

import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useWords } from '#components/resources/words.ts'
import { useConsole } from '#components/shell/console-context.tsx'
import { kindIcon } from '#components/shell/kind-icon.tsx'
import { kindPath } from '#components/shell/place.ts'
import { Ago } from '#components/ui/ago.tsx'
import { formatNumber } from '#components/ui/format.ts'
import { CopyButton } from '#components/ui/name.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { useUi } from '#components/ui/provider.tsx'
import { StateGlyph } from '#components/ui/state-glyph.tsx'
import type { EnvironmentOverview } from '#lib/model/home.ts'
import { sections } from '#lib/model/section.ts'
import { healthOfInstances, totalsByKind } from './figures.ts'
import { HealthBar } from './health-bar.tsx'

/** How much of each kind, each a way into its list. */
export function KindTiles({ head: { environment, kinds } }: { head: EnvironmentOverview }) {
  const t = useTranslations('environments.overview')
  const tShell = useTranslations('shell')
  const words = useWords()
  const { locale } = useUi()
  const { kinds: described } = useConsole()
  const isTold = (kind: string) => !environment.unfollowed?.[kind]
  const totals = totalsByKind(kinds, described, environment.engine).filter(({ kind, total }) => total > 0 || isTold(kind.name))
  const isTile = ({ kind }: (typeof totals)[number]) => kind.section === null || kind.section === 'workloads'
  const others = Map.groupBy(
    totals.filter((one) => !isTile(one)),
    ({ kind }) => kind.section!,
  )
  return (
    <section aria-label={t('holds')} className="flex flex-col gap-3 max-sm:px-4">
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-3 max-sm:grid-cols-2">
        {totals.filter(isTile).map(({ kind, total, problems }) => {
          const Icon = kindIcon(kind.icon)
          return (
            <li key={kind.name}>
              <Link
                href={kindPath(environment.id, kind.name)}
                className="flex h-full flex-col rounded-lg border border-line bg-surface px-3.5 py-2.5 hover:bg-hover"
              >
                <span className="flex items-center gap-1.5 text-xs text-ink-3">
                  <Icon aria-hidden className="size-3.5 flex-none" strokeWidth={1.6} />
                  <span className="inline-block first-letter:uppercase">{words.kind(kind)}</span>
                </span>
                <span className="mt-0.5 flex items-baseline gap-2">
                  <span className="text-xl font-semibold tabular-nums">{formatNumber(total, locale)}</span>
                  {problems > 0 && (
                    <span className="inline-flex items-center gap-1 text-xs text-fail tabular-nums">
                      <StateGlyph health="failing" size={10} />
                      {t('unhealthy', { count: problems })}
                    </span>
                  )}
                </span>
              </Link>
            </li>
          )
        })}
      </ul>
      {others.size > 0 && (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 rounded-lg border border-line bg-surface px-3.5 py-3 text-sm max-sm:grid-cols-1">
          {sections.flatMap((section) => {
            const held = others.get(section)
            if (!held) return []
            return [
              <dt key={section} className="text-ink-3">
                {tShell(`sections.${section}`)}
              </dt>,
              <dd key={`${section} held`} className="flex flex-wrap gap-x-4 gap-y-1">
                {held.map(({ kind, total, problems }) => (
                  <Link
                    key={kind.name}
                    href={kindPath(environment.id, kind.name)}
                    className="inline-flex items-baseline gap-1.5 hover:underline"
                  >
                    <span className="inline-block first-letter:uppercase">{words.kind(kind)}</span>
                    <span className="text-ink-3 tabular-nums">{formatNumber(total, locale)}</span>
                    {problems > 0 && (
                      <span className="inline-flex items-center gap-1 text-xs text-fail tabular-nums">
                        <StateGlyph health="failing" size={9} />
                        {t('unhealthy', { count: problems })}
                      </span>
                    )}
                  </Link>
                ))}
              </dd>,
            ]
          })}
        </dl>
      )}
      <div className="max-w-xl">
        <HealthBar parts={healthOfInstances(kinds, described)} />
      </div>
    </section>
  )
}

/** What the engine says of itself, and how it is reached. */
export function EngineFacts({ head: { environment } }: { head: EnvironmentOverview }) {
  const t = useTranslations('environments')
  const tStages = useTranslations('stages')
  const { engine, engineVersion, address, stage, lastContactAt, stateSince, state } = environment
  return (
    <Panel title={t('overview.facts')} className="self-start max-sm:rounded-none max-sm:border-x-0">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2 text-sm">
        <Fact name={t('engine')}>
          <span className="inline-block first-letter:uppercase">{engine}</span> {engineVersion}
        </Fact>
        <Fact name={t('address')}>
          <span className="flex min-w-0 items-center gap-1">
            <code className="min-w-0 truncate font-mono text-xs" title={address}>
              {address}
            </code>
            <CopyButton text={address} />
          </span>
        </Fact>
        <Fact name={t('stage')}>{tStages(stage)}</Fact>
        <Fact name={t('lastContact')}>{lastContactAt ? <Ago at={lastContactAt} className="tabular-nums" /> : t('neverContacted')}</Fact>
        {state === 'live' && (
          <Fact name={t('overview.connected')}>
            <Ago at={stateSince} className="tabular-nums" />
          </Fact>
        )}
      </dl>
    </Panel>
  )
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-ink-3">{name}</dt>
    <dd className="min-w-0 text-ink">{children}</dd>
  </>
)
