'use client'

import { useDock } from '#components/shell/dock-store.ts'
import { LogBuffer } from './log-buffer.ts'

/** Where a log begins: so many last lines, or so many minutes back. */
export const begins = ['tail:200', 'tail:1000', 'tail:10000', 'tail:100000', 'since:5', 'since:60', 'since:1440'] as const
export type Begin = (typeof begins)[number]

/** What a tab of the dock keeps while it is not in front, and while pages come and go. */
export interface LogView {
  buffer: LogBuffer
  begin: Begin
  timestamps: boolean
  wrap: boolean
  following: boolean
  /** Where somebody was reading, in px. */
  scrollTop: number
}

const views = new Map<string, LogView>()

export function viewOf(tab: string, phone: boolean): LogView {
  const known = views.get(tab)
  if (known) return known
  const made: LogView = { buffer: new LogBuffer(), begin: 'tail:1000', timestamps: true, wrap: phone, following: true, scrollTop: 0 }
  views.set(tab, made)
  return made
}

// A closed tab gives its lines back.
useDock.subscribe(({ tabs }) => {
  for (const id of views.keys()) if (!tabs.some((tab) => tab.id === id)) views.delete(id)
})

/** What the engine is asked for at first. */
export function beginningOf(begin: Begin, now: number): { tail?: number; since?: string } {
  const [word, amount] = begin.split(':')
  return word === 'tail' ? { tail: Number(amount) } : { since: new Date(now - Number(amount) * 60_000).toISOString() }
}
