'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Moment } from '#components/changes/moment.tsx'
import { healthOfChange } from '#components/changes/look.ts'
import { useSayChange } from '#components/changes/say.ts'
import { ChangeSentence } from '#components/changes/sentence.tsx'
import { Button } from '#components/ui/button.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { StateGlyph } from '#components/ui/state-glyph.tsx'
import { useLive } from '#lib/client/index.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import type { Change, ChangesHead } from '#lib/model/change.ts'
import type { Reference } from '#lib/model/resource.ts'
import { useWords } from '../words.ts'
import { Find } from './find.tsx'

const step = 100
const most = 500

/** What people did to it, what the engine said of it and how its health went, newest first and live. */
export function Timeline({ reference: { environment, kind, key } }: { reference: Reference }) {
  const t = useTranslations('resources.detail')
  const say = useErrorSentence()
  const [limit, setLimit] = useState(step)
  const [text, setText] = useState('')
  const { rows, head, error } = useLive<Change, ChangesHead>('resources.timeline', {
    environment,
    kind,
    key,
    limit,
    ...(text.trim() && { text: text.trim() }),
  })
  return (
    <div className="flex flex-col gap-2">
      <Find label={t('timelineSearch')} value={text} onChange={setText} />
      {!rows && error && <p className="text-sm text-fail">{say(error)}</p>}
      {!rows && !error && <SkeletonRows count={6} />}
      {rows?.length === 0 && (
        <p className="py-4 text-sm text-ink-2">{text.trim() ? t('timelineNothing', { text: text.trim() }) : t('timelineEmpty')}</p>
      )}
      <ol>
        {rows?.map((change) => (
          <TimelineRow key={change.id} change={change} />
        ))}
      </ol>
      {head?.next && limit < most && (
        <Button variant="quiet" className="self-start" onClick={() => setLimit(Math.min(most, limit + step))}>
          {t('timelineOlder')}
        </Button>
      )}
    </div>
  )
}

function TimelineRow({ change }: { change: Change }) {
  const t = useTranslations('resources.detail')
  const { cause, who } = useSayChange()
  return (
    <li className="flex items-baseline gap-x-2.5 max-sm:flex-wrap border-t border-line py-1.5 text-sm first:border-t-0">
      <Moment at={change.at} seconds className="w-24 flex-none max-sm:w-18 text-xs text-ink-3 tabular-nums" />
      <StateGlyph health={healthOfChange(change)} className="translate-y-px" />
      <span className="min-w-0 flex-1 max-sm:basis-1/2">
        <span className="text-ink">
          <ChangeSentence change={change} linked={false} />
        </span>
        <Remark change={change} />
      </span>
      <span className="max-w-48 flex-none truncate text-xs text-ink-3 empty:hidden max-sm:max-w-full max-sm:basis-full max-sm:pl-26">
        {change.type === 'activity' ? t('by', { name: who(change.activity) }) : change.after && cause(change)}
      </span>
    </li>
  )
}

/** One line more: why, what came out, or what the engine itself said. */
function Remark({ change }: { change: Change }) {
  const words = useWords()
  if (change.type === 'event') return <Verbatim event={change} />
  const text = remarkOf(change, words)
  return text ? <span className="block text-xs break-words text-ink-2">{text}</span> : null
}

/** The engine's own word and attributes, without labels, which have dots in their names. */
function Verbatim({ event }: { event: Extract<Change, { type: 'event' }> }) {
  const attributes = Object.entries(event.attributes)
    .filter(([name, value]) => !name.includes('.') && value !== event.name)
    .slice(0, 6)
  return (
    <code className="block font-mono text-xs break-all text-ink-3">
      {[event.action, ...attributes.map(([name, value]) => `${name}=${value}`)].join(' ')}
    </code>
  )
}

function remarkOf(change: Exclude<Change, { type: 'event' }>, words: ReturnType<typeof useWords>): string {
  if (change.type === 'change') return [change.state, change.reason].flatMap((reason) => (reason ? [words.reason(reason)] : [])).join('. ')
  const { error, why } = change.activity
  const failure = error && (error.reason ? words.reason(error.reason) : error.message)
  return [why && `“${why}”`, failure].filter(Boolean).join(' ')
}
