'use client'

import { ChevronDown, ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useState, type ReactNode } from 'react'
import { useConsole } from '#components/shell/console-context.tsx'
import { Flag } from '#components/ui/flag.tsx'
import { formatPercent } from '#components/ui/format.ts'
import { Progress } from '#components/ui/progress.tsx'
import { useUi } from '#components/ui/provider.tsx'
import { StateLabel } from '#components/ui/state-glyph.tsx'
import type { Activity } from '#lib/model/activity.ts'
import type { Change } from '#lib/model/change.ts'
import type { Health } from '#lib/model/health.ts'
import { useWords } from '#components/resources/words.ts'
import { ChangeDetails, hasDetails } from './details.tsx'
import { Duration } from './duration.tsx'
import { environmentOf, healthOfChange } from './look.ts'
import { Moment } from './moment.tsx'
import { useSayChange } from './say.ts'
import { ChangeSentence } from './sentence.tsx'

/** One change: when, how it ended, what, by whom, where, how long; the rest on demand. */
export function ChangeRow({ change }: { change: Change }) {
  const t = useTranslations('changes')
  const say = useSayChange()
  const words = useWords()
  const activity = change.type === 'activity' ? change.activity : null
  const word = activity
    ? t(`outcomes.${activity.outcome}`)
    : change.type === 'event'
      ? words.severity(change.severity)
      : words.health(healthOfChange(change))
  return (
    <Line
      at={change.at}
      health={healthOfChange(change)}
      word={word}
      sentence={<ChangeSentence change={change} />}
      plain={say.change(change, (activity ? activity.name : change.type === 'activity' ? null : change.name) ?? '')}
      who={activity && say.who(activity)}
      environment={environmentOf(change)}
      environmentName={activity?.environmentName ?? null}
      aside={change.type === 'activity' ? <Took activity={change.activity} /> : <CauseOf change={change} />}
      details={hasDetails(change) && <ChangeDetails change={change} />}
    />
  )
}

/** What it came after, in full on hover. */
export function CauseOf({ change }: { change: Exclude<Change, { type: 'activity' }> }) {
  const cause = useSayChange().cause(change)
  return (
    <span className="text-ink-3" title={cause}>
      {cause}
    </span>
  )
}

/** How far it is while it runs, how long it took when it has ended. */
function Took({ activity }: { activity: Activity }) {
  const t = useTranslations('changes')
  const { locale } = useUi()
  const { outcome, progress } = activity
  return (
    <span className="inline-flex items-center gap-2">
      {outcome === 'running' && (
        <Progress
          value={progress}
          label={progress === null ? t('outcomes.running') : t('progress', { percent: formatPercent(progress, locale) })}
        />
      )}
      <Duration activity={activity} />
    </span>
  )
}

interface LineProps {
  at: string
  health: Health
  /** Beside the glyph: how it ended, how bad it is. */
  word: string
  sentence: ReactNode
  /** The sentence as text, for the accessible name of the button that unfolds it. */
  plain: string
  who: string | null
  environment: string | null
  /** As it was called then; for an environment that is gone. */
  environmentName: string | null
  aside: ReactNode
  details: ReactNode
}

const columns =
  'grid grid-cols-[4.25rem_7rem_minmax(0,1fr)_8rem_8rem_8.5rem_1.75rem] max-lg:grid-cols-[4.25rem_7rem_minmax(0,1fr)_8rem_1.75rem] max-sm:grid-cols-[minmax(0,1fr)_auto_2.75rem]'

/** The frame of a line; a selection of many has the same one. */
export function Line({ at, health, word, sentence, plain, who, environment, environmentName, aside, details }: LineProps) {
  const t = useTranslations('changes')
  const id = useId()
  const { environmentById } = useConsole()
  const [open, setOpen] = useState(false)
  const known = environment === null ? undefined : environmentById.get(environment)
  const Chevron = open ? ChevronDown : ChevronRight
  return (
    <li className="border-t border-line first:border-t-0">
      <div className={`${columns} min-h-row items-center gap-x-3 px-3.5 py-1 text-sm hover:bg-hover max-sm:gap-x-2 max-sm:py-2`}>
        <Moment at={at} seconds dayless className="text-xs text-ink-3 tabular-nums max-sm:order-4" />
        <StateLabel health={health} className="text-xs max-sm:order-2 max-sm:justify-self-end">
          {word}
        </StateLabel>
        <span className="min-w-0 truncate text-ink max-sm:order-1 max-sm:text-base max-sm:whitespace-normal">{sentence}</span>
        <span className="truncate text-ink-2 max-lg:hidden" title={who ?? undefined}>
          {who}
        </span>
        <span className="flex min-w-0 items-center gap-1.5 text-xs text-ink-3 max-sm:order-5 max-sm:justify-self-end">
          {known && <Flag flag={known.flag} size={14} quiet />}
          <span className="truncate">{known?.name ?? environmentName}</span>
          {who && <span className="truncate sm:hidden">{who}</span>}
        </span>
        <span className="truncate text-right text-xs text-ink-2 tabular-nums max-lg:hidden">{aside}</span>
        {details ? (
          <button
            type="button"
            aria-expanded={open}
            aria-controls={id}
            aria-label={t('show', { what: plain })}
            onClick={() => setOpen(!open)}
            className="inline-flex size-6 items-center justify-center justify-self-end rounded-md text-ink-3 hover:text-ink max-sm:order-3 max-sm:row-span-2 max-sm:size-11"
          >
            <Chevron aria-hidden className="size-4" strokeWidth={1.6} />
          </button>
        ) : (
          <span className="max-sm:order-3 max-sm:row-span-2" />
        )}
      </div>
      {details && open && (
        <div id={id} className="border-t border-line bg-canvas px-3.5 py-3 sm:pl-[5.875rem]">
          <div className="mb-2.5 flex gap-3 text-xs text-ink-3 lg:hidden">{aside}</div>
          {details}
        </div>
      )}
    </li>
  )
}
