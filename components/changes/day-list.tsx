'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useTicking } from '#components/ui/clock.ts'
import { useUi } from '#components/ui/provider.tsx'
import type { Change } from '#lib/model/change.ts'
import { BatchRow, RepeatRow } from './batch-row.tsx'
import { foldBatches, foldRepeats, groupByDay, type Day, type Entry } from './days.ts'
import { ChangeRow } from './row.tsx'

/** Changes under the UTC days they happened on. */
export function DayList({ changes }: { changes: readonly Change[] }) {
  const days = useMemo(() => groupByDay(foldRepeats(foldBatches(changes))), [changes])
  return (
    <div className="flex flex-col gap-4">
      {days.map((day) => (
        <DaySection key={day.day} day={day} />
      ))}
    </div>
  )
}

function DaySection({ day: { day, entries } }: { day: Day }) {
  const t = useTranslations('changes')
  return (
    <section className="overflow-hidden rounded-lg border border-line bg-surface max-sm:rounded-none max-sm:border-x-0">
      <h2 className="flex h-8 items-center gap-2 border-b border-line bg-canvas px-3.5 text-xs font-medium text-ink-2">
        <DayName day={day} />
        <span className="flex-1" />
        <span className="font-normal text-ink-3 tabular-nums">{t('count', { count: entries.length })}</span>
      </h2>
      <ol>
        {entries.map((entry) => (
          <EntryRow key={entry.id} entry={entry} />
        ))}
      </ol>
    </section>
  )
}

/** One line of it, or one for several that belong together. */
export function EntryRow({ entry }: { entry: Entry }) {
  if (entry.type === 'batch') return <BatchRow entry={entry} />
  if (entry.type === 'repeat') return <RepeatRow entry={entry} />
  return <ChangeRow change={entry.change} />
}

const dayMs = 86_400_000

/** Today, yesterday, or the date. */
function DayName({ day }: { day: string }) {
  const t = useTranslations('changes')
  const { locale } = useUi()
  const ago = useTicking((now) => Math.floor(now / dayMs) - Math.floor(Date.parse(day) / dayMs))
  const date = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(day),
  )
  return (
    <time dateTime={day} title={date} className="inline-block first-letter:uppercase">
      {ago === 0 ? t('today') : ago === 1 ? t('yesterday') : date}
    </time>
  )
}
