'use client'

import { useTranslations } from 'next-intl'
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { boundedWidth, widthBounds } from './columns.ts'

/** How wide a column is on the screen now, in px. */
export const widthOnScreen = (name: string): number =>
  document.querySelector(`[role=columnheader][data-column="${CSS.escape(name)}"]`)?.getBoundingClientRect().width ?? widthBounds.least

interface ColumnEdgeProps {
  name: string
  title: string
  /** The width chosen, or the least that the column has. */
  width: number
  /** While it is being dragged. */
  onDrag(width: number): void
  /** Null: as wide as it usually is. */
  onResize(width: number | null): void
}

/** The right edge of a column's head: dragged, moved by arrow keys, given back by Home or a double click. */
export function ColumnEdge({ name, title, width, onDrag, onResize }: ColumnEdgeProps) {
  const t = useTranslations('resources.list')
  const drag = useRef<{ x: number; width: number; now: number } | null>(null)
  // A column that nobody made wider takes what room there is, which only the screen knows.
  const [measured, measure] = useState<number | null>(null)
  const now = Math.round(measured ?? width)

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    const start = widthOnScreen(name)
    drag.current = { x: event.clientX, width: start, now: start }
  }
  const onPointerMove = (event: PointerEvent) => {
    if (!drag.current) return
    drag.current.now = boundedWidth(drag.current.width + event.clientX - drag.current.x)
    if (drag.current.now !== Math.round(drag.current.width)) onDrag(drag.current.now)
  }
  const onPointerUp = () => {
    if (drag.current && drag.current.now !== drag.current.width) onResize(drag.current.now)
    drag.current = null
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? widthBounds.step : event.key === 'ArrowLeft' ? -widthBounds.step : 0
    if (!by && event.key !== 'Home') return
    event.preventDefault()
    event.stopPropagation()
    const next = by ? boundedWidth(widthOnScreen(name) + by) : null
    measure(next)
    onResize(next)
  }
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={t('columnWidth', { column: title })}
      title={t('columnWidthHint')}
      aria-valuemin={widthBounds.least}
      aria-valuemax={widthBounds.most}
      aria-valuenow={now}
      aria-valuetext={`${now} px`}
      tabIndex={0}
      onFocus={() => measure(widthOnScreen(name))}
      onBlur={() => measure(null)}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onDoubleClick={() => onResize(null)}
      onKeyDown={onKeyDown}
      className="absolute inset-y-0 right-0 z-1 w-2.5 cursor-col-resize touch-none outline-none after:absolute after:inset-y-1.5 after:right-1 after:w-px group-hover/head:after:bg-line-strong hover:after:bg-accent focus-visible:after:inset-y-0 focus-visible:after:w-0.5 focus-visible:after:bg-accent"
    />
  )
}
