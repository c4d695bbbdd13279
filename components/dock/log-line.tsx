'use client'

import type { useTranslations } from 'next-intl'
import { memo } from 'react'
import { cn } from '#components/ui/cn.ts'
import { formatBytes } from '#components/ui/format.ts'
import { StateGlyph, type StateName } from '#components/ui/state-glyph.tsx'
import type { LogLine as Line } from '#lib/model/stream.ts'
import { segmentsOf } from './ansi.ts'
import { splitMatches, type LogItem } from './log-buffer.ts'

type Words = ReturnType<typeof useTranslations<'dock'>>

interface LogItemProps {
  item: LogItem
  /** Handed in, because hundreds of lines a second would each ask for them. */
  words: Words
  locale: string
  search: string
  /** The match that next and previous stand on. */
  current: boolean
  timestamps: boolean
  wrap: boolean
}

export const LogRow = memo(function LogRow({ item, ...props }: LogItemProps) {
  return item.type === 'line' ? <LogLine line={item.line} {...props} /> : <Mark item={item} words={props.words} />
})

function LogLine({ line, words: t, locale, search, current, timestamps, wrap }: Omit<LogItemProps, 'item'> & { line: Line }) {
  return (
    <div
      className={cn(
        'flex min-h-5.25 gap-2.5 pr-4 pl-4 leading-[21px] max-sm:pl-3',
        wrap ? 'whitespace-pre-wrap' : 'whitespace-pre',
        current && 'bg-warn-wash',
      )}
    >
      {timestamps && (
        <time dateTime={line.at} title={line.at} className="flex-none text-ink-3 select-none">
          <span className="max-sm:hidden">{line.at.slice(11, 23)}</span>
          <span className="sm:hidden">{line.at.slice(14, 19)}</span>
        </time>
      )}
      {line.source !== undefined && <Source name={line.source} />}
      <span
        className={cn(
          'w-6 flex-none font-sans text-2xs leading-[21px] select-none',
          line.stream === 'stderr' ? 'text-warn' : 'text-transparent',
        )}
        aria-hidden={line.stream === 'stdout'}
      >
        {line.stream === 'stderr' && t('stderrShort')}
      </span>
      <span className={cn('min-w-0 flex-1 text-ink', wrap && '[overflow-wrap:anywhere]')}>
        {segmentsOf(line.text).map(({ text, look }, i) => (
          <span key={i} className={look || undefined}>
            {search
              ? splitMatches(text, search).map((piece, j) =>
                  j % 2 ? (
                    <mark key={j} className="rounded-xs bg-warn-line text-ink">
                      {piece}
                    </mark>
                  ) : (
                    piece
                  ),
                )
              : text}
          </span>
        ))}
        {line.cutFrom !== undefined && (
          <span className="pl-2 font-sans text-2xs text-ink-3">… {t('lineCut', { size: formatBytes(line.cutFrom, locale) })}</span>
        )}
      </span>
    </div>
  )
}

/** Classes that Tailwind must find written out. */
const hues = ['bg-s1', 'bg-s2', 'bg-s3', 'bg-s4', 'bg-s5', 'bg-s6', 'bg-s7', 'bg-s8']

/** A colour that stays with a pod, whatever else is read beside it. */
const hueOf = (pod: string): string =>
  hues[Array.from(pod).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9_973, 7) % hues.length]!

/** Which of several logs a line is from. Pods of one workload differ in the end of their names alone. */
function Source({ name }: { name: string }) {
  const [pod = '', container] = name.split('/')
  const short = container === undefined ? pod : `${pod.slice(pod.lastIndexOf('-') + 1)}/${container}`
  return (
    <span title={name} className="flex w-28 flex-none items-center gap-1.5 text-ink-3 select-none max-sm:w-16">
      <span aria-hidden className={cn('h-3 w-0.75 flex-none rounded-full', hueOf(pod))} />
      <span className="truncate">{short}</span>
    </span>
  )
}

const looks: Record<Extract<LogItem, { type: 'mark' }>['mark'], { health: StateName; tone: string }> = {
  gap: { health: 'degraded', tone: 'text-warn' },
  started: { health: 'moving', tone: 'text-busy' },
  ended: { health: 'stopped', tone: 'text-ink-2' },
  'left-out': { health: 'degraded', tone: 'text-warn' },
}

const clockOf = (instant: string | number) => String(instant).slice(11, 23)
/** What engines say of a mark, in words. */
const remarks: Record<string, (t: Words, value: string | number) => string> = {
  exitCode: (t, value) => t('remarks.exitCode', { value }),
  container: (t, value) => t('remarks.container', { value }),
  restarts: (t, value) => t('remarks.restarts', { count: Number(value) }),
  from: (t, value) => t('remarks.from', { time: clockOf(value) }),
  to: (t, value) => t('remarks.to', { time: clockOf(value) }),
  of: (_, value) => String(value),
  count: (t, value) => t('remarks.leftOut', { count: Number(value) }),
  names: (_, value) => String(value),
}

/** What happened between two lines: drawn across, so that it is not taken for one. */
function Mark({ item, words: t }: { item: Extract<LogItem, { type: 'mark' }>; words: Words }) {
  const { health, tone } = looks[item.mark]
  const remark = Object.entries(item.params)
    .map(([name, value]) => remarks[name]?.(t, value) ?? `${name} ${value}`)
    .filter(Boolean)
    .join(', ')
  return (
    <div className={cn('flex h-5.25 items-center gap-2.5 pr-4 pl-4 font-sans text-xs max-sm:pl-3', tone)}>
      <time dateTime={item.at} className="font-mono text-ink-3 max-sm:hidden">
        {item.at.slice(11, 23)}
      </time>
      <StateGlyph health={health} size={11} className="animate-none!" />
      <span className="flex-none">{t(`marks.${item.mark}`)}</span>
      <span className="h-px flex-1 bg-line" />
      <span className="max-w-1/2 flex-none truncate text-ink-3">{remark}</span>
    </div>
  )
}
