import { useSyncExternalStore } from 'react'
import { useUi } from './provider.tsx'

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let now = () => Date.now()

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

/** Ages count from the server's clock where somebody knows it, so that a wrong clock on this machine makes nothing old. */
export function setServerClock(read: () => number): void {
  now = read
}

/** What `read` makes of the present time, once a second; renders again only when it differs. */
export function useTicking<T extends string | number | boolean>(read: (now: number) => T): T {
  const { renderedAt } = useUi()
  return useSyncExternalStore(
    subscribe,
    () => read(now()),
    () => read(renderedAt),
  )
}
