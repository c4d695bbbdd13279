'use client'

import { useCallback, useEffect, useImperativeHandle, useRef, type Ref } from 'react'

export interface GridHandle {
  /** Scrolls by so many rows without anybody seeing it. */
  shift(rows: number): void
  toTop(): void
  /** Brings the row with this index into the middle. */
  jump(index: number): void
  /** Puts the keys on the row with this index. */
  focus(index: number): void
}

/** Moves the table from outside of it. `virtualizer` is that of the rows in `scroller`. */
export function useGridHandle(
  ref: Ref<GridHandle>,
  scroller: React.RefObject<HTMLDivElement | null>,
  virtualizer: { scrollToIndex(index: number, options?: { align: 'center' }): void },
  rowHeight: number,
): void {
  // The row that waits for the focus: one far away is drawn, and its data come, only after the key.
  const wanted = useRef<{ index: number; from: Element | null } | null>(null)
  const take = useCallback(() => {
    if (!wanted.current) return
    const { index, from } = wanted.current
    const { activeElement: now } = document
    const row = scroller.current?.querySelector<HTMLElement>(`[data-row][aria-rowindex="${index + 2}"]`)
    // Whoever went elsewhere meanwhile is not called back. A row that was scrolled away left the focus to the page.
    const stayed = now === from || now === document.body
    if (row || !stayed) wanted.current = null
    if (stayed) row?.focus({ preventScroll: true })
  }, [scroller])
  useEffect(take)
  const focus = useCallback(
    (index: number) => {
      wanted.current = { index, from: document.activeElement }
      virtualizer.scrollToIndex(index)
      // At once when it is drawn: the next key must not find the focus where it was.
      take()
    },
    [virtualizer, take],
  )
  useImperativeHandle(
    ref,
    () => ({
      shift: (rows) => scroller.current?.scrollBy({ top: rows * rowHeight, behavior: 'instant' }),
      toTop: () => scroller.current?.scrollTo({ top: 0 }),
      jump: (index) => virtualizer.scrollToIndex(index, { align: 'center' }),
      focus,
    }),
    [scroller, rowHeight, virtualizer, focus],
  )
}
