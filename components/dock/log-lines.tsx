'use client'

import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, type Ref } from 'react'
import { formatNumber } from '#components/ui/format.ts'
import { useUi } from '#components/ui/provider.tsx'
import { LogRow } from './log-line.tsx'
import { placeOf } from './log-buffer.ts'
import type { LogView } from './log-store.ts'

export interface LogLinesHandle {
  /** Brings the item with this number into the middle. */
  reveal(number: number): void
}

interface LogLinesProps {
  ref: Ref<LogLinesHandle>
  view: LogView
  /** Draws anew when it changes. */
  version: number
  label: string
  timestamps: boolean
  wrap: boolean
  following: boolean
  search: string
  /** The number of the match that is looked at. */
  match: number | undefined
  onFollowing(following: boolean): void
}

const lineHeight = 21
const cutHeight = 28
/** So near to the end one is at the end. */
const endPx = 24

/** How many lines fill what is seen, and a few more. */
const fitting = (element: HTMLElement | null): number => Math.ceil((element?.clientHeight ?? 600) / lineHeight) + 8
const lastOf = (count: number, most: number): number[] =>
  Array.from({ length: Math.min(most, count) }, (_, i) => Math.max(0, count - most) + i)

/** The lines in sight, of up to 100,000. Scrolling up pauses following; reaching the end takes it up again. */
export function LogLines({ ref, view, version, label, timestamps, wrap, following, search, match, onFollowing }: LogLinesProps) {
  const t = useTranslations('dock')
  const { locale } = useUi()
  const { buffer } = view
  const scroller = useRef<HTMLDivElement>(null)
  const lastTop = useRef(view.scrollTop)
  // Kept between renders: another function makes the virtualizer measure all of it anew.
  const getItemKey = useCallback((index: number) => buffer.shown[index] ?? index, [buffer])
  const virtualizer = useVirtualizer({
    count: buffer.shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 20,
    // While following, the end is drawn without waiting for the browser to say that it scrolled there.
    rangeExtractor: (range) => (following ? lastOf(range.count, fitting(scroller.current)) : defaultRangeExtractor(range)),
    paddingStart: buffer.cut > 0 ? cutHeight : 4,
    paddingEnd: 6,
    getItemKey,
    initialOffset: view.scrollTop,
  })
  useEffect(() => virtualizer.measure(), [virtualizer, wrap])

  const height = virtualizer.getTotalSize()
  useLayoutEffect(() => {
    const element = scroller.current
    if (element && following) element.scrollTop = element.scrollHeight
  }, [following, version, height])
  useImperativeHandle(ref, () => ({ reveal: (number) => virtualizer.scrollToIndex(placeOf(buffer.shown, number), { align: 'center' }) }), [
    virtualizer,
    buffer,
  ])

  const onScroll = () => {
    const element = scroller.current
    if (!element) return
    const { scrollTop } = element
    const isAtEnd = element.scrollHeight - scrollTop - element.clientHeight < endPx
    if (isAtEnd && !following) onFollowing(true)
    else if (!isAtEnd && following && scrollTop < lastTop.current) onFollowing(false)
    lastTop.current = scrollTop
    view.scrollTop = scrollTop
  }
  return (
    <div
      ref={scroller}
      role="group"
      aria-label={label}
      tabIndex={0}
      onScroll={onScroll}
      className="min-h-0 flex-1 overflow-auto overscroll-contain bg-sunken font-mono text-xs focus-visible:-outline-offset-2 [overflow-anchor:none]"
    >
      <div className={wrap ? 'relative' : 'relative w-max min-w-full'} style={{ height }}>
        {buffer.cut > 0 && (
          <p className="absolute inset-x-0 top-0 flex h-7 items-center border-b border-dashed border-line-strong px-4 font-sans text-xs text-ink-3">
            {t('cut', { shown: formatNumber(buffer.linesCut, locale) })}
          </p>
        )}
        {virtualizer.getVirtualItems().map(({ index, start, key }) => {
          const number = buffer.shown[index]
          const item = number === undefined ? undefined : buffer.item(number)
          return (
            item && (
              <div
                key={key}
                data-index={index}
                ref={wrap ? virtualizer.measureElement : undefined}
                className={wrap ? 'absolute inset-x-0 top-0' : 'absolute top-0 left-0 min-w-full'}
                style={{ transform: `translateY(${start}px)` }}
              >
                <LogRow
                  item={item}
                  words={t}
                  locale={locale}
                  search={search}
                  current={number === match}
                  timestamps={timestamps}
                  wrap={wrap}
                />
              </div>
            )
          )
        })}
      </div>
    </div>
  )
}
