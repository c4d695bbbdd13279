'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useRef, type PointerEvent } from 'react'
import { cn } from '#components/ui/cn.ts'
import { api, formatQuery, queryKeyOf } from '#lib/client/index.ts'
import type { RuledHealth, Ruler } from '#lib/model/inventory.ts'
import { rowAt, shareOf } from './ruler.ts'
import type { ListQuery } from './use-window.ts'
import type { View } from './window.ts'

interface OverviewRulerProps {
  query: ListQuery
  /** False where rows have no health: then it is a scroll bar alone. */
  marked: boolean
  view: View
  total: number
  /** To the row with this index; `meant` when a mark was pressed for that very row. */
  onJump(index: number, meant: boolean): void
}

/** Asked for as often as facets are; the server finds them no more often than that either. */
const refreshMs = 2_000

/** Each health has a colour and a place across the track: all of it, its left part, its right part. */
const shapes: Record<RuledHealth, string> = {
  failing: 'inset-x-0.5 bg-fail-solid',
  degraded: 'left-0.5 right-1.5 bg-warn-solid',
  moving: 'left-1.5 right-0.5 bg-busy-solid',
}

/** The scroll track: where in the whole list one is, and where what fails, degrades or moves stands in it. */
export function OverviewRuler({ query, marked, view, total, onJump }: OverviewRulerProps) {
  const t = useTranslations('resources.list')
  const track = useRef<HTMLDivElement>(null)
  const { data } = useQuery({
    queryKey: queryKeyOf('resources.ruler', query),
    queryFn: ({ signal }) => api<Ruler>(`/api/resources/ruler?${formatQuery(query)}`, { signal }),
    refetchInterval: refreshMs,
    enabled: marked,
  })
  const places = data?.places
  const jump = (event: PointerEvent) => {
    const { top, height } = track.current!.getBoundingClientRect()
    const { index, marked: onMark } = rowAt(event.clientY - top, height, places ?? { total, marks: [] })
    // Dragged along, the track is a scroll bar; only a press means a mark.
    onJump(index, onMark && event.type === 'pointerdown')
  }
  const said = places ? t('ruler', { ...places.counts, total: places.total }) : data ? t('rulerTooLong') : null
  return (
    <div className="mt-8 flex w-3 flex-none border-l border-line" title={said ?? undefined}>
      {said && <p className="sr-only">{said}</p>}
      <div
        ref={track}
        aria-hidden
        data-ruler
        className="relative flex-1 touch-none overflow-hidden"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          jump(event)
        }}
        onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && jump(event)}
      >
        {data && !places && <span className="absolute inset-y-1 left-1/2 border-l border-dashed border-line-strong" />}
        <span
          className="absolute inset-x-0 min-h-4 bg-line"
          style={{ top: percent(shareOf(view.first, total)), bottom: percent(1 - shareOf(view.last + 1, total)) }}
        />
        {places?.marks.map(({ health, at, rows }) => (
          <span
            key={at}
            data-health={health}
            className={cn('absolute min-h-0.75 rounded-xs', shapes[health])}
            style={{ top: `min(${percent(shareOf(at, places.total))}, 100% - 3px)`, height: percent(shareOf(rows, places.total)) }}
          />
        ))}
      </div>
    </div>
  )
}

const percent = (share: number) => `${(share * 100).toFixed(2)}%`
