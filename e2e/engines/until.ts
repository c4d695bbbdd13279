import { vi } from 'vitest'

/** What `look` finds, as soon as it finds anything; fails after a minute. */
export const until = <T>(look: () => T | Promise<T>) => vi.waitUntil(look, { timeout: 60_000, interval: 10 })
