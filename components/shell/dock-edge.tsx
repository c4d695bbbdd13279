'use client'

import { useTranslations } from 'next-intl'
import type { KeyboardEvent, PointerEvent } from 'react'
import { leastDockHeight, useDock } from './dock-store.ts'

const step = 40
const highest = () => Math.round(window.innerHeight * 0.7)

/** The upper edge of the open dock: dragged, or moved by the arrow keys. */
export function DockEdge() {
  const t = useTranslations('shell.dock')
  const height = useDock((dock) => dock.height)
  const setHeight = useDock((dock) => dock.setHeight)
  const set = (next: number) => setHeight(Math.min(highest(), next))
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId))
      set(event.currentTarget.parentElement!.getBoundingClientRect().bottom - event.clientY)
  }
  const press = (event: KeyboardEvent) => {
    const moves: Record<string, number> = { ArrowUp: height + step, ArrowDown: height - step, Home: leastDockHeight, End: highest() }
    const next = moves[event.key]
    if (next === undefined || event.ctrlKey) return
    event.preventDefault()
    set(next)
  }
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label={t('resize')}
      aria-valuenow={height}
      aria-valuemin={leastDockHeight}
      className="group absolute inset-x-0 -top-1 z-10 flex h-2 cursor-row-resize touch-none justify-center max-sm:hidden"
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={press}
    >
      <span aria-hidden className="mt-0.5 h-1 w-10 rounded-full bg-line-strong group-hover:bg-control" />
    </div>
  )
}
