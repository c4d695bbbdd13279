'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useWords } from '#components/resources/words.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import type { Activity } from '#lib/model/activity.ts'
import type { Change } from '#lib/model/change.ts'
import { AppError, errorTable, type ErrorCode } from '#lib/errors/index.ts'
import { useSayChange } from './say.ts'

const isCode = (code: string): code is ErrorCode => code in errorTable

/** Whether there is more to a change than its one line. */
export function hasDetails(change: Change): boolean {
  if (change.type === 'event') return Object.keys(change.attributes).length > 0
  if (change.type === 'change') return change.reason !== null
  const { why, output, error, input, outcome, tokenName } = change.activity
  return tokenName !== null || why !== null || output !== '' || error !== null || outcome === 'interrupted' || Object.keys(input).length > 0
}

/** The rest of a change: why, what was asked for, what the engine said, what went wrong. */
export function ChangeDetails({ change }: { change: Change }) {
  const words = useWords()
  if (change.type === 'activity') return <ActivityDetails activity={change.activity} />
  if (change.type === 'event') return <Values values={change.attributes} />
  return change.reason && <p className="text-sm text-ink-2">{words.reason(change.reason)}</p>
}

export function ActivityDetails({ activity }: { activity: Activity }) {
  const t = useTranslations('changes')
  const { why, output, error, input, outcome, tokenName } = activity
  const say = useSayChange()
  return (
    <dl className="flex flex-col gap-2.5 text-sm">
      {error && (
        <Part title={t('error')}>
          <ActivityError error={error} />
        </Part>
      )}
      {outcome === 'interrupted' && !error && <Part title={t('error')}>{t('interruptedText')}</Part>}
      {tokenName !== null && <Part title={t('labels.who')}>{say.who(activity)}</Part>}
      {why !== null && <Part title={t('why')}>{why}</Part>}
      {Object.keys(input).length > 0 && (
        <Part title={t('asked')}>
          <Values values={input} />
        </Part>
      )}
      {output !== '' && (
        <Part title={t('output')}>
          <pre
            tabIndex={0}
            className="max-h-64 overflow-auto rounded-md bg-sunken px-3 py-2 font-mono text-xs whitespace-pre-wrap text-ink"
          >
            {output}
          </pre>
        </Part>
      )}
    </dl>
  )
}

/** Our sentence, then the engine's own words. */
function ActivityError({ error }: { error: NonNullable<Activity['error']> }) {
  const say = useErrorSentence()
  const sentence = isCode(error.code) ? say(new AppError(error.code, error.message, { reason: error.reason })) : error.message
  return (
    <>
      <span className="text-fail">{sentence}</span>
      {error.reason?.words && <code className="ml-1.5 font-mono text-xs break-words text-ink-2">{error.reason.words}</code>}
    </>
  )
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <div>
    <dt className="text-xs text-ink-3">{title}</dt>
    <dd className="mt-0.5 text-ink-2">{children}</dd>
  </div>
)

const plain = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

const Values = ({ values }: { values: Record<string, unknown> }) => (
  <ul className="flex flex-col gap-0.5 font-mono text-xs">
    {Object.entries(values).map(([name, value]) => (
      <li key={name} className="break-all">
        <span className="text-ink-3">{name}</span> <span className="text-ink-2">{plain(value)}</span>
      </li>
    ))}
  </ul>
)
