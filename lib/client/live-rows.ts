import { hashKey, type QueryClient } from '@tanstack/react-query'
import { applyRowsFrame, type LiveList, type RowsFrame, type RowsParams } from '../model/live.ts'
import type { AppError } from '../errors/index.ts'
import { type ChannelState, liveClient } from './live-client.ts'
import { queryKeyOf } from './query.ts'

/** A list as the browser's cache keeps it. */
export interface CachedList<Row extends { id: string } = { id: string }, Head = unknown> extends LiveList<Row, Head> {
  /** When the server ran the query, by its clock (ISO 8601); null for what came with the page. */
  at: string | null
  /** The rows that the last frame brought: these flash. */
  changed: ReadonlySet<string>
}

export interface LiveRowsState {
  state: ChannelState
  error: AppError | null
}

const idle: LiveRowsState = { state: 'connecting', error: null }
const nothing: ReadonlySet<string> = new Set()

export const cachedList = <Row extends { id: string }, Head>(list: LiveList<Row, Head>): CachedList<Row, Head> => ({
  rows: list.rows,
  head: list.head,
  at: null,
  changed: nothing,
})

/** Takes a frame in; null when there is nothing that a patch could be put on. */
export function applyToCache(known: CachedList | undefined, frame: RowsFrame): CachedList | null {
  if (!known && frame.type === 'patch') return null
  const { rows, head } = applyRowsFrame(known, frame)
  // A first or new window does not flash: all of it is new to the screen, nothing of it changed.
  const changed = frame.type === 'patch' ? new Set(frame.upserts.map((row) => row.id)) : nothing
  return { rows, head, at: frame.at, changed }
}

/** A followed list: one channel however many components look at it, patching the cache of its QueryClient. */
export class LiveRows {
  private readonly queryClient: QueryClient
  private readonly params: RowsParams
  private readonly listeners = new Set<() => void>()
  private current = idle
  private close: (() => void) | null = null

  constructor(queryClient: QueryClient, operation: string, input: unknown) {
    this.queryClient = queryClient
    this.params = { operation, input }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    if (!this.close) this.open()
    return () => {
      this.listeners.delete(listener)
      if (this.listeners.size > 0) return
      this.close?.()
      this.close = null
      this.current = idle
    }
  }

  readonly snapshot = (): LiveRowsState => this.current

  private open(): void {
    this.close = liveClient().open('rows', () => this.params, {
      onData: (data) => this.take(data as RowsFrame),
      onState: (state, error) => this.set(state, error),
    })
  }

  private take(frame: RowsFrame): void {
    const key = queryKeyOf(this.params.operation, this.params.input)
    const next = applyToCache(this.queryClient.getQueryData<CachedList>(key), frame)
    if (next) this.queryClient.setQueryData<CachedList>(key, next)
    else this.reopen()
  }

  /** The cache was emptied under a running channel: begin again with all rows. */
  private reopen(): void {
    this.close?.()
    this.open()
  }

  private set(state: ChannelState, error: AppError | null): void {
    if (state === this.current.state && error === this.current.error) return
    this.current = { state, error }
    for (const listener of this.listeners) listener()
  }
}

const followed = new WeakMap<QueryClient, Map<string, LiveRows>>()
/** Closed lists kept around for their identity alone; they hold no rows. */
const keptLists = 200

/** The one followed list of this operation and input. */
export function liveRowsOf(queryClient: QueryClient, operation: string, input: unknown): LiveRows {
  const lists = followed.get(queryClient) ?? new Map<string, LiveRows>()
  followed.set(queryClient, lists)
  const hash = hashKey(queryKeyOf(operation, input))
  const list = lists.get(hash) ?? new LiveRows(queryClient, operation, input)
  lists.delete(hash)
  lists.set(hash, list)
  const oldest = lists.keys().next().value
  if (lists.size > keptLists && oldest !== undefined) lists.delete(oldest)
  return list
}
