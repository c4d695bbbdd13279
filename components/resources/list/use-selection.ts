'use client'

import { useCallback, useMemo, useState } from 'react'
import type { Row } from '#lib/model/resource.ts'
import { extend, nothing, refresh, toggle, toggleAll, type Selection } from './selection.ts'
import type { ListQuery } from './use-window.ts'

/** The selection of a list with the newest values of its rows. "All that match" ends when something else is asked. */
export function useSelection(query: ListQuery) {
  const [selection, select] = useState<Selection<Row>>(nothing)
  const [asked, setAsked] = useState(query)
  if (asked !== query) {
    setAsked(query)
    if (selection.mode === 'all') select(nothing)
  }
  const clear = useCallback(() => select(nothing), [])
  const all = useCallback((count: number) => select((before) => toggleAll(before, count)), [])
  return { selection, select, clear, all }
}

/** Handlers and values that depend on the rows at hand. */
export function useSelectable({ selection, select }: Pick<ReturnType<typeof useSelection>, 'selection' | 'select'>, rows: readonly Row[]) {
  const fresh = useMemo(() => refresh(selection, rows), [selection, rows])
  const onSelect = useCallback(
    (row: Row, range: boolean) => select((before) => (range ? extend(before, row, rows) : toggle(before, row, rows))),
    [select, rows],
  )
  return { fresh, onSelect }
}
