'use client'

import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { hashKey, useQueryClient } from '@tanstack/react-query'
import { queryKeyOf, useLive, type Live } from '#lib/client/index.ts'
import type { ResourceHead, ResourcePage } from '#lib/model/inventory.ts'
import type { ResourceQuery, Window } from '#lib/model/query.ts'
import type { Row } from '#lib/model/resource.ts'
import { firstWindow, holdOrder, shiftOf, windowFor, type Held, type View } from './window.ts'

/** Everything of a query but its window. */
export type ListQuery = Omit<ResourceQuery, 'window'>

export interface WindowedRows extends Pick<Live<Row, ResourceHead>, 'state' | 'error' | 'changed' | 'loading' | 'at'> {
  /** The rows at hand; the first stands at index `position` of the whole. Undefined while nothing is known. */
  rows: readonly Row[] | undefined
  head: ResourceHead | undefined
  position: number
  /** How long the whole is. */
  total: number
  /** Rows that came and wait above the view, or for the order to be let go. */
  waiting: number
  /** Tell it what is on the screen. */
  look(view: View): void
  /** Back to the top, with everything new. */
  toTop(): void
}

interface Options {
  initial: ResourcePage | undefined
  /** The order stays while somebody points or selects; values still follow. */
  frozen: boolean
  /** Rows that came above moved what is on the screen by so many rows. */
  onShift(rows: number): void
}

const askEveryMs = 60

/** A long list through windows: only the rows around the view are here, and they are followed live. */
export function useWindow(query: ListQuery, { initial, frozen, onShift }: Options): WindowedRows {
  const hash = hashKey([query])
  const [asked, ask] = useState<{ hash: string; window: Window }>({ hash, window: firstWindow })
  const window = asked.hash === hash ? asked.window : firstWindow
  const live = useLive<Row, ResourceHead>('resources.list', { ...query, window }, { initial })
  useForgetting({ ...query, window })

  const view = useRef<View>({ first: 0, last: 0 })
  const { letGo, added, ...shown } = useHeldOrder(live, frozen, hashKey([query, window]))
  const { count: above, reset } = useShifts({ shown, hash, view, onShift })

  const state = useRef<{ held: Held; total: number }>({ held: { position: 0, ids: [] }, total: 0 })
  useEffect(() => {
    state.current = { held: { position: shown.position, ids: (shown.rows ?? []).map((row) => row.id) }, total: shown.total }
  })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
    },
    [],
  )

  const askForView = useCallback(() => {
    timer.current = undefined
    const next = windowFor(view.current, state.current.held, state.current.total)
    if (next) ask({ hash, window: next })
  }, [hash])
  const look = useCallback(
    (next: View) => {
      view.current = next
      timer.current ??= setTimeout(askForView, askEveryMs)
    },
    [askForView],
  )
  // The answer may be of another length than was thought, or the view have gone on meanwhile.
  useEffect(() => {
    if (!live.loading && live.rows) look(view.current)
  }, [live.loading, live.rows, look])

  const toTop = useCallback(() => {
    view.current = { first: 0, last: view.current.last - view.current.first }
    reset()
    letGo()
    ask({ hash, window: firstWindow })
  }, [hash, reset, letGo])

  return { ...live, ...shown, waiting: added + above, look, toTop }
}

interface Shown {
  rows: readonly Row[] | undefined
  position: number
  total: number
}

/** The rows in the order in which they stood when it was frozen, with the values of now; a new window is a new order. */
function useHeldOrder(live: Live<Row, ResourceHead>, frozen: boolean, windowKey: string) {
  const now: Shown = { rows: live.rows, position: live.head?.position ?? 0, total: live.head?.total ?? 0 }
  const [order, setOrder] = useState<(Shown & { key: string }) | null>(null)
  const letGo = useCallback(() => setOrder(null), [])
  const take = frozen && !live.loading && live.rows !== undefined && order?.key !== windowKey
  if (take) setOrder({ ...now, key: windowKey })
  if (!frozen && order !== null) setOrder(null)
  if (!frozen || take || !order?.rows) return { ...now, added: 0, letGo }
  const { rows, added } = holdOrder(order.rows, live.rows ?? [])
  return { rows, position: order.position, total: order.total, added, letGo }
}

interface ShiftOptions {
  shown: Shown
  hash: string
  view: RefObject<View>
  onShift(rows: number): void
}

/** Keeps what is on the screen where it is when rows come or go above it, and counts those that came. */
function useShifts({ shown, hash, view, onShift }: ShiftOptions) {
  const { rows, position } = shown
  const [count, setCount] = useState(0)
  const before = useRef<{ hash: string; held: Held } | null>(null)
  useLayoutEffect(() => {
    if (!rows) return
    const held: Held = { position, ids: rows.map((row) => row.id) }
    const known = before.current
    before.current = { hash, held }
    if (!known || known.hash !== hash || view.current.first === 0) return setCount(0)
    const shift = shiftOf(known.held, held, view.current)
    if (shift === 0) return
    onShift(shift)
    if (shift > 0) setCount((n) => n + shift)
  }, [rows, position, hash, view, onShift])
  const reset = useCallback(() => setCount(0), [])
  return { count, reset }
}

/** Windows left behind are forgotten: scrolling through a long list must not gather it in memory. */
function useForgetting(input: ResourceQuery): void {
  const client = useQueryClient()
  const key = hashKey(queryKeyOf('resources.list', input))
  const latest = useRef(input)
  useEffect(() => {
    latest.current = input
  })
  useEffect(() => {
    const queryKey = queryKeyOf('resources.list', latest.current)
    // Not at once: it stands in for the window on its way.
    return () => void setTimeout(() => client.removeQueries({ queryKey, exact: true, type: 'inactive' }), 5_000)
  }, [client, key])
}
