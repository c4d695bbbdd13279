import { useSyncExternalStore } from 'react'
import { useUi } from './provider.tsx'

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let offset = 0

/** One ticker for every age on the screen: it runs while anybody listens. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => listeners.forEach((tell) => tell()), 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** The server's time by its own word, so that a wrong clock on this machine does not make things old. Milliseconds. */
export function setServerTime(at: number): void {
  offset = at - Date.now()
}
export const serverNow = (): number => Date.now() + offset

/** What `read` makes of the present time, once a second; renders again only when it differs. */
export function useTicking<T extends string | number | boolean>(read: (now: number) => T): T {
  const { renderedAt } = useUi()
  return useSyncExternalStore(
    subscribe,
    () => read(serverNow()),
    () => read(renderedAt),
  )
}
