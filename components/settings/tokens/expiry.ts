const dayMs = 86_400_000

/** In days; `date` is chosen beside it. */
export const expiries = ['7', '30', '90', '365', 'date'] as const
export type Expiry = (typeof expiries)[number]

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** The days between which a date may be chosen: `2026-11-22`. */
export const daysFrom = (now: number) => ({ first: dayOf(now + dayMs), last: dayOf(now + 364 * dayMs) })

/** When a token ends: so many days from now, or with the end of a day of UTC; null for a day that cannot be. */
export function expiresAt(expiry: Expiry, date: string, now: number): string | null {
  if (expiry !== 'date') return new Date(now + Number(expiry) * dayMs).toISOString()
  const { first, last } = daysFrom(now)
  return date >= first && date <= last ? `${date}T23:59:59.000Z` : null
}
