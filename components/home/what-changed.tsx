'use client'

import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { environmentOf, healthOfChange } from '#components/changes/look.ts'
import { Moment } from '#components/changes/moment.tsx'
import { useSayChange } from '#components/changes/say.ts'
import { ChangeSentence } from '#components/changes/sentence.tsx'
import { cn } from '#components/ui/cn.ts'
import { Flag } from '#components/ui/flag.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { StateGlyph } from '#components/ui/state-glyph.tsx'
import type { Change } from '#lib/model/change.ts'
import type { HomeHead } from '#lib/model/home.ts'
import type { Row } from '#lib/model/resource.ts'
import { spansOf, type Span } from './spans.ts'

const rowHeight = 33
const laneWidth = 11
const laneX = (lane: number) => 17 + lane * laneWidth

/** What changed lately, with a line from each change that began a problem up to now, where it still goes on. */
export function WhatChanged({ problems, head }: { problems: readonly Row[]; head: HomeHead }) {
  const t = useTranslations('home')
  const { changes } = head
  const environments = new Map(head.environments.map(({ environment }) => [environment.id, environment]))
  const spans = spansOf(changes, problems)
  return (
    <Panel title={t('changed')} flush className="flex flex-col self-start max-sm:rounded-none max-sm:border-x-0">
      {changes.length === 0 ? (
        <p className="px-3.5 py-6 text-center text-sm text-ink-2">{t('nothingChanged')}</p>
      ) : (
        <div className="relative py-1">
          <Spans spans={spans} count={changes.length} />
          <ol>
            {changes.map((change, index) => (
              <ChangeLine key={change.id} change={change} lanes={spans.length} span={spans.find((span) => span.index === index)}>
                {environments.get(environmentOf(change) ?? '')?.flag && (
                  <Flag flag={environments.get(environmentOf(change) ?? '')!.flag} size={14} />
                )}
              </ChangeLine>
            ))}
          </ol>
        </div>
      )}
      <footer className="flex h-row items-center justify-end border-t border-line px-3.5 text-xs">
        <Link href="/changes" className="text-accent hover:underline">
          {t('allChanges')}
        </Link>
      </footer>
    </Panel>
  )
}

/** Decoration: the sentences beside it say the same. */
const Spans = ({ spans, count }: { spans: readonly Span[]; count: number }) => (
  <svg aria-hidden className="pointer-events-none absolute inset-x-0 top-0 w-24" height={count * rowHeight + 8}>
    {spans.map(({ index, lane, health }) => (
      <path
        key={lane}
        d={`M${laneX(lane)} 4V${4 + index * rowHeight + rowHeight / 2}`}
        stroke="currentColor"
        strokeWidth="2"
        className={health === 'failing' ? 'text-fail-solid' : 'text-warn-solid'}
      />
    ))}
  </svg>
)

const tones = { failing: 'text-fail', degraded: 'text-warn' } as const

function ChangeLine({
  change,
  lanes,
  span,
  children,
}: {
  change: Change
  lanes: number
  span: Span | undefined
  children: React.ReactNode
}) {
  const health = healthOfChange(change)
  const glyphX = span ? laneX(span.lane) : laneX(lanes)
  const t = useTranslations('home')
  const say = useSayChange()
  // Who did that stands in its own line; here is room for what it was.
  const after = change.type === 'activity' ? undefined : change.after
  const who = change.type === 'activity' ? say.who(change.activity) : after && t('afterWhat', { what: say.activity(after, '').trim() })
  return (
    <li className="relative flex h-[33px] items-center gap-2 pr-3.5" style={{ paddingLeft: laneX(lanes) + 14 }}>
      <span className="absolute -translate-x-1/2" style={{ left: glyphX }}>
        <StateGlyph health={health} size={span ? 12 : 8} />
      </span>
      <Moment at={change.at} className="min-w-9 flex-none text-xs text-ink-3 tabular-nums" />
      <span
        className={cn(
          'min-w-0 flex-1 truncate text-sm text-ink-2',
          change.type !== 'activity' && health in tones && tones[health as keyof typeof tones],
        )}
      >
        <ChangeSentence change={change} />
      </span>
      {who && (
        <span
          className="max-w-32 truncate text-xs whitespace-nowrap text-ink-3"
          title={after && change.type !== 'activity' ? say.cause(change) : who}
        >
          {who}
        </span>
      )}
      {children}
    </li>
  )
}
