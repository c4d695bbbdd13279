'use client'

import { useTranslations } from 'next-intl'
import { useWords } from '#components/resources/words.ts'
import type { Activity } from '#lib/model/activity.ts'
import { countOutcomes, outcomeOfBatch, type Entry } from './days.ts'
import { healthOfChange, healthOfOutcome } from './look.ts'
import { CauseOf, ChangeRow, Line } from './row.tsx'
import { useSayChange } from './say.ts'
import { ChangeSentence } from './sentence.tsx'

const oneOf = (values: (string | null)[]): string | null => (new Set(values).size === 1 ? (values[0] ?? null) : null)

const asChange = (activity: Activity) => ({ type: 'activity', id: activity.id, at: activity.startedAt, activity }) as const

/** One action on a selection: how many ended how, and each of them on demand. */
export function BatchRow({ entry }: { entry: Extract<Entry, { type: 'batch' }> }) {
  const t = useTranslations('changes')
  const say = useSayChange()
  const { activities } = entry
  const outcome = outcomeOfBatch(activities)
  const sentence = t('batch', { verb: say.activity(activities[0]!, '').trim(), count: activities.length })
  return (
    <Line
      at={entry.at}
      health={healthOfOutcome[outcome]}
      word={t(`outcomes.${outcome}`)}
      sentence={<span className="font-medium">{sentence}</span>}
      plain={sentence}
      who={oneOf(activities.map(say.who))}
      environment={oneOf(activities.map((activity) => activity.environment))}
      environmentName={oneOf(activities.map((activity) => activity.environmentName))}
      aside={t('batchOutcomes', countOutcomes(activities))}
      details={
        <ul aria-label={t('batchRow')} className="overflow-hidden rounded-lg border border-line bg-surface sm:-ml-16">
          {activities.map((activity) => (
            <ChangeRow key={activity.id} change={asChange(activity)} />
          ))}
        </ul>
      }
    />
  )
}

/** What an engine said of one thing again and again: how often, and each time on demand. */
export function RepeatRow({ entry }: { entry: Extract<Entry, { type: 'repeat' }> }) {
  const t = useTranslations('changes')
  const say = useSayChange()
  const words = useWords()
  const { changes } = entry
  const newest = changes[0]!
  return (
    <Line
      at={entry.at}
      health={healthOfChange(newest)}
      word={words.severity(newest.severity)}
      sentence={
        <>
          <ChangeSentence change={newest} /> <span className="text-ink-3">{t('times', { count: changes.length })}</span>
        </>
      }
      plain={say.change(newest, newest.name)}
      who={null}
      environment={newest.environment}
      environmentName={null}
      aside={<CauseOf change={newest} />}
      details={
        <ul aria-label={t('eachTime')} className="overflow-hidden rounded-lg border border-line bg-surface sm:-ml-16">
          {changes.map((change) => (
            <ChangeRow key={change.id} change={change} />
          ))}
        </ul>
      }
    />
  )
}
