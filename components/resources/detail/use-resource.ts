'use client'

import { useState } from 'react'
import { useLive, type ChannelState } from '#lib/client/index.ts'
import type { AppError } from '#lib/errors/index.ts'
import type { RelatedRow } from '#lib/model/inventory.ts'
import type { LiveList } from '#lib/model/live.ts'
import type { Reason } from '#lib/model/reason.ts'
import type { Document, Reference, Row } from '#lib/model/resource.ts'

/** Everything of one resource but its row: the head of the operation `resources.read`. */
export interface DetailHead {
  document: Document
  /** When the document was so. */
  documentAt: string
  documentFrom: 'engine' | 'inventory'
  /** Why the engine did not answer, when it was asked. */
  documentError: { code: string; message: string; reason?: Reason } | null
  relations: RelatedRow[]
}
export type Detail = LiveList<Row, DetailHead>

export interface OneResource {
  /** As it is now, or as it was last seen; undefined while nothing is known of it, or nothing may be. */
  row: Row | undefined
  /** What it is called, also when it is gone; its key where nobody knew better. */
  name: string
  head: DetailHead | undefined
  /** It is not there now. */
  gone: boolean
  error: AppError | null
  state: ChannelState
}

/** One resource with what it is related to, live. */
export function useResource({ environment, kind, key }: Reference, initial?: Detail): OneResource {
  const { rows, head, error, state } = useLive<Row, DetailHead>('resources.read', { environment, kind, key }, { initial })
  const row = rows?.[0]
  const [name, setName] = useState(row?.name ?? key)
  if (row && row.name !== name) setName(row.name)
  return { row, name, head, state, gone: error?.code === 'not_found', error: row ? null : error }
}
