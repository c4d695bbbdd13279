'use client'

import { create } from 'zustand'
import type { ActionDescription, KindDescription } from '#lib/model/kind.ts'
import type { Row } from '#lib/model/resource.ts'
import type { ListQuery } from '../list/use-window.ts'

/** What an action is to be done to: rows at hand, or all that match a query, with the number that was shown. */
export type Target = { rows: readonly Row[] } | { query: ListQuery; count: number }

export interface Asked {
  action: ActionDescription
  /** Of what is selected; all of them have the action. */
  kinds: readonly KindDescription[]
  target: Target
  /** Made when the person asked, kept for every retry: the same click is done once. */
  idempotencyKey: string
}

interface Acting {
  /** Waits for its confirmation. */
  asked: Asked | null
  /** The result row by row that is open. */
  batch: { id: string; action: ActionDescription; count: number } | null
  /** Actions on their way, by the id of the row: `stop`. */
  running: ReadonlyMap<string, string>
  ask(asked: Asked | null): void
  showBatch(batch: Acting['batch']): void
  begin(row: string, action: string): void
  end(row: string): void
}

/** What is being asked and done now; the host that draws it stands once on every page of lists and details. */
export const useActing = create<Acting>()((set) => ({
  asked: null,
  batch: null,
  running: new Map(),
  ask: (asked) => set({ asked }),
  showBatch: (batch) => set({ batch }),
  begin: (row, action) => set(({ running }) => ({ running: new Map(running).set(row, action) })),
  end: (row) =>
    set(({ running }) => {
      const left = new Map(running)
      left.delete(row)
      return { running: left }
    }),
}))

export const countOf = (target: Target): number => ('rows' in target ? target.rows.length : target.count)
