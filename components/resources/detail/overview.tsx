'use client'

import { useTranslations } from 'next-intl'
import { Ago } from '#components/ui/ago.tsx'
import { StateGlyph } from '#components/ui/state-glyph.tsx'
import type { Environment } from '#lib/model/environment.ts'
import type { KindDescription } from '#lib/model/kind.ts'
import type { Row } from '#lib/model/resource.ts'
import { cn } from '#components/ui/cn.ts'
import { useWords } from '../words.ts'
import { Containers } from './containers.tsx'
import { Entries, Sentences } from './contents.tsx'
import { Facts, Labels, PublishedPorts } from './facts.tsx'
import { Metrics } from './metrics.tsx'
import { Related } from './related.tsx'
import { Section } from './section.tsx'
import type { DetailHead } from './use-resource.ts'

interface OverviewProps {
  row: Row
  head: DetailHead | undefined
  kind: KindDescription
  environment: Environment | undefined
  /** In the drawer all of it stands below one another. */
  narrow?: boolean
}

/** How it is, the one chart where the kind has figures, and what it hangs together with. */
export function Overview({ row, head, kind, environment, narrow }: OverviewProps) {
  const t = useTranslations('resources.detail')
  const metrics = kind.streams.includes('metrics')
  return (
    <div
      className={cn(
        'grid gap-x-8 gap-y-5',
        !narrow && 'lg:grid-cols-2',
        !narrow && metrics && 'xl:grid-cols-[minmax(14rem,1fr)_minmax(20rem,2fr)_minmax(18rem,1.4fr)]',
      )}
    >
      <div className={narrow ? 'contents' : 'flex min-w-0 flex-col gap-5 max-lg:contents'}>
        <Section title={t('conditions')}>
          <Condition row={row} />
        </Section>
        <Containers row={row} />
        <Sentences row={row} />
        <Entries row={row} />
        <PublishedPorts row={row} kind={kind} environment={environment} />
        <div className={narrow ? 'order-last' : 'min-w-0 max-lg:order-last'}>
          <Labels labels={row.labels} />
        </div>
      </div>
      {metrics && <Metrics row={row} environmentName={environment?.name ?? ''} />}
      <div className="flex min-w-0 flex-col gap-5">
        <Related environment={row.environment} relations={head?.relations ?? []} />
        <Facts row={row} kind={kind} environment={environment} />
      </div>
    </div>
  )
}

function Condition({ row }: { row: Row }) {
  const t = useTranslations('resources.detail')
  const words = useWords()
  return (
    <ul className="text-sm">
      <li className="flex items-start gap-2.5 py-1.5">
        <StateGlyph health={row.health} className="mt-1" />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <span className="font-medium text-ink">{words.state(row)}</span>
            <span className="flex-1" />
            {row.since && <Ago at={row.since} className="text-xs text-ink-3" />}
          </span>
          {row.reason && <span className="block text-ink-2">{words.reason(row.reason)}</span>}
        </span>
      </li>
      {row.createdAt && (
        <li className="flex items-baseline gap-2 border-t border-line py-1.5 pl-5.5 text-xs text-ink-3">
          {t('created')}
          <span className="flex-1" />
          <Ago at={row.createdAt} />
        </li>
      )}
      <li className="flex items-baseline gap-2 border-t border-line py-1.5 pl-5.5 text-xs text-ink-3">
        {t('observedLabel')}
        <span className="flex-1" />
        <Ago at={row.observedAt} />
      </li>
    </ul>
  )
}
