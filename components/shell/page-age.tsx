'use client'

import { useTranslations } from 'next-intl'
import { useTicking } from '#components/ui/clock.ts'
import { formatAge, formatNumber } from '#components/ui/format.ts'
import { Freshness } from '#components/ui/freshness.tsx'
import { useUi } from '#components/ui/provider.tsx'
import type { Environment } from '#lib/model/environment.ts'
import { useConsole } from './console-context.tsx'
import { usePageStore, type PageFreshness } from './page-store.ts'

/** How old what is shown is, in the top bar: the page's own word, else its environment's. */
export function PageAge({ environment }: { environment: Environment | undefined }) {
  const t = useTranslations('shell')
  const { connection, environments } = useConsole()
  const said = usePageStore((page) => page.freshness)
  if (connection === 'reconnecting') return <Freshness state="silent">{t('reconnecting')}</Freshness>
  return <Age freshness={said ?? ageOf(environment ?? freshestOf(environments))} />
}

const fromFresh: Environment['state'][] = ['live', 'behind', 'stale', 'paused', 'connecting']

/** A page over the whole fleet is as fresh as the freshest of it; how many are not is said at its foot. */
const freshestOf = (environments: readonly Environment[]): Environment | undefined =>
  environments.toSorted((a, b) => fromFresh.indexOf(a.state) - fromFresh.indexOf(b.state))[0]

function ageOf(environment: Environment | undefined): PageFreshness {
  if (environment?.state === 'stale') return { state: 'silent', at: environment.lastContactAt }
  if (environment?.state === 'behind') return { state: 'polled', at: environment.stateSince }
  if (environment?.state === 'paused') return { state: 'polled', at: environment.lastContactAt }
  return { state: 'live' }
}

function Age({ freshness }: { freshness: PageFreshness }) {
  const t = useTranslations('shell')
  const { locale } = useUi()
  const at = 'at' in freshness ? freshness.at : null
  const age = useTicking((now) => (at ? formatAge(now - Date.parse(at), locale) : ''))
  if (freshness.state === 'held') return <Freshness state="held">{t('held')}</Freshness>
  if (freshness.state === 'silent') return <Freshness state="silent">{t('silentFor', { age })}</Freshness>
  if (freshness.state !== 'live') return <Freshness state="polled">{t('asOf', { age })}</Freshness>
  const { tookMs } = freshness
  return (
    <Freshness state="live">
      {tookMs === undefined ? t('live') : t('liveTook', { seconds: formatNumber(Math.max(0.1, tookMs / 1000), locale, 1) })}
    </Freshness>
  )
}
