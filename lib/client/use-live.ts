import { hashKey, keepPreviousData, skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState, useSyncExternalStore } from 'react'
import { AppError, errorTable, isAppError } from '../errors/index.ts'
import type { LiveList } from '../model/live.ts'
import { api } from './api.ts'
import type { ChannelState } from './live-client.ts'
import { type CachedList, cachedList, type LiveRowsState, liveRowsOf } from './live-rows.ts'
import { pathOf } from './paths.ts'
import { queryKeyOf } from './query.ts'

export interface LiveOptions<Row extends { id: string }, Head> {
  /** What the server rendered for the input of that render: hand the prop on as it is. */
  initial?: LiveList<Row, Head>
  enabled?: boolean
}

export interface Live<Row extends { id: string }, Head> {
  /** Undefined while nothing is known: an outage is not an empty list. */
  rows: Row[] | undefined
  head: Head | undefined
  state: ChannelState
  /** Why it is not live, or why nothing is here. What was known stays in `rows`, unless it may not be seen any more. */
  error: AppError | null
  /** When the server ran the query, by its clock; null for what came with the page. */
  at: string | null
  /** Ids that the last frame brought. */
  changed: ReadonlySet<string>
  /** The rows are those of the previous input; the new ones are on their way. */
  loading: boolean
}

const nothing: ReadonlySet<string> = new Set()
const notFollowed: LiveRowsState = { state: 'connecting', error: null }
const never = () => () => undefined

/**
 * A list that stays true: `useLive<Row, PageHead>('resources.list', query, { initial })`. Rows are in TanStack's cache
 * under [operation, input]; the first come from `initial` or over HTTP while the socket opens, frames patch them.
 */
export function useLive<Row extends { id: string }, Head>(
  operation: string,
  input: unknown,
  options: LiveOptions<Row, Head> = {},
): Live<Row, Head> {
  const enabled = options.enabled ?? true
  const queryClient = useQueryClient()
  const queryKey = queryKeyOf(operation, input)
  const hash = hashKey(queryKey)
  const initial = useInitialFor(hash, options.initial)
  // oxlint-disable-next-line react/exhaustive-deps -- `hash` stands for operation and input
  const followed = useMemo(() => liveRowsOf(queryClient, operation, input), [queryClient, hash])
  const channel = useSyncExternalStore(enabled ? followed.subscribe : never, enabled ? followed.snapshot : idleSnapshot, idleSnapshot)
  const path = pathOf(operation, input)
  const query = useQuery<CachedList<Row, Head>>({
    queryKey,
    queryFn: path
      ? async ({ signal }) => {
          const known = () => queryClient.getQueryData<CachedList<Row, Head>>(queryKey)
          const fetched = await api<LiveList<Row, Head>>(path, { signal }).catch((cause: unknown) => known() ?? Promise.reject(cause))
          // A frame that came meanwhile is newer than this answer.
          return known() ?? cachedList(fetched)
        }
      : skipToken,
    enabled,
    staleTime: Infinity,
    initialData: () => initial && cachedList(initial),
    placeholderData: keepPreviousData,
  })
  const data = isLost(channel) ? undefined : query.data
  return {
    rows: data?.rows,
    head: data?.head,
    state: channel.state,
    error: channel.error ?? (data ? null : asAppError(query.error)),
    at: data?.at ?? null,
    changed: query.isPlaceholderData ? nothing : (data?.changed ?? nothing),
    loading: query.isPlaceholderData || (enabled && data === undefined && query.error === null && channel.error === null),
  }
}

/** What was seen may not be seen any more: it is not kept on the screen, as it would be in an outage. */
const isLost = ({ state, error }: LiveRowsState): boolean =>
  state === 'ended' && error !== null && ['forbidden', 'gone'].includes(errorTable[error.code].show)

const idleSnapshot = () => notFollowed

const asAppError = (error: unknown): AppError | null =>
  error === null || isAppError(error) ? error : new AppError('internal', 'Something went wrong in the browser.', { cause: error })

/** `initial` belongs to the input it was rendered for: a filter changed in the browser must not adopt it. */
function useInitialFor<T extends LiveList>(hash: string, initial: T | undefined): T | undefined {
  const [adopted, adopt] = useState({ hash, rows: initial?.rows })
  if (initial && adopted.rows !== initial.rows) adopt({ hash, rows: initial.rows })
  return adopted.hash === hash || adopted.rows !== initial?.rows ? initial : undefined
}
