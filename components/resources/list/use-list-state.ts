'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { readListState, writeListState, type ListState } from './list-state.ts'

const typingPauseMs = 150

export interface UrlListState {
  state: ListState
  /** What stands in the box; the query follows when typing pauses. */
  typed: string
  type(text: string): void
  change(part: Partial<ListState>): void
}

/** The state of a list lives in its address: a reload, a link and the back button find it again. */
export function useListState(): UrlListState {
  const params = useSearchParams()
  const pathname = usePathname()
  const state = useMemo(() => readListState(new URLSearchParams(params.toString())), [params])
  const [typed, setTyped] = useState(state.text)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const change = useCallback(
    (part: Partial<ListState>) => {
      // Read anew, not from this render: two changes in one moment must both stay.
      const before = new URLSearchParams(location.search)
      const next = writeListState({ ...readListState(before), ...part }, before).toString()
      history.replaceState(null, '', next ? `${pathname}?${next}` : pathname)
    },
    [pathname],
  )
  const type = useCallback(
    (text: string) => {
      setTyped(text)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => change({ text: text.trim() }), typingPauseMs)
    },
    [change],
  )
  // Somebody else changed the text: a dropped filter, the back button. What is being typed wins over its own echo.
  const [echo, setEcho] = useState(state.text)
  if (echo !== state.text) {
    setEcho(state.text)
    if (typed.trim() !== state.text) setTyped(state.text)
  }
  return { state, typed, type, change }
}
