'use client'

import { useCallback, useMemo, useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('storage', listener)
  }
}

/** What was written under a name; a browser that keeps nothing, or something unreadable, is as good as never chosen. */
function read(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch (error) {
    if (error instanceof DOMException) return null
    throw error
  }
}

function parse<T>(text: string | null, usual: T): T {
  if (text === null) return usual
  try {
    return JSON.parse(text) as T
  } catch (error) {
    if (error instanceof SyntaxError) return usual
    throw error
  }
}

/** A choice of this person that their browser keeps: columns, row height. Equal in all tabs. `null` forgets it. */
export function useStored<T>(name: string, usual: T): [T, (value: T | null) => void] {
  const text = useSyncExternalStore(
    subscribe,
    () => read(name),
    () => null,
  )
  const value = useMemo(() => parse(text, usual), [text, usual])
  const set = useCallback(
    (next: T | null) => {
      if (next === null) localStorage.removeItem(name)
      else localStorage.setItem(name, JSON.stringify(next))
      for (const listener of listeners) listener()
    },
    [name],
  )
  return [value, set]
}
