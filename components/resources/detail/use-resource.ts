'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api, queryKeyOf, useLive } from '#lib/client/index.ts'
import type { AppError } from '#lib/errors/index.ts'
import { isAppError } from '#lib/errors/index.ts'
import type { ResourceDetail, ResourceHead } from '#lib/model/inventory.ts'
import type { Reference, Row } from '#lib/model/resource.ts'
import { apiOf } from '../href.ts'

export interface OneResource {
  /** As it is now, or as it was last seen; undefined while nothing is known of it. */
  row: Row | undefined
  detail: ResourceDetail | undefined
  /** It was there, or was asked for, and is not there now. */
  gone: boolean
  error: AppError | null
  loading: boolean
  retry(): void
}

/** One resource: its row live, and its document and relations read anew whenever the row changed. */
export function useResource({ environment, kind, key }: Reference, initial?: ResourceDetail): OneResource {
  const reference = { environment, kind, key }
  const detail = useQuery({
    queryKey: queryKeyOf('resources.read', reference),
    queryFn: ({ signal }) => api<ResourceDetail>(apiOf(reference), { signal }),
    initialData: initial,
    retry: (failures, error) => failures < 2 && !(isAppError(error) && error.code === 'not_found'),
  })
  const name = detail.data?.row.name
  // The row alone is followed; a list of everything of this name is a list of one or a few.
  const query = { kind, environment, filters: [{ field: 'name', op: 'is', values: [name ?? ''] }], window: { before: 0, after: 20 } }
  const live = useLive<Row, ResourceHead>('resources.list', query, { enabled: name !== undefined })
  const followed = live.loading ? undefined : live.rows?.find((row) => row.key === key)
  const missing = live.rows !== undefined && !live.loading && live.error === null && live.state === 'live' && followed === undefined
  const row = followed ?? detail.data?.row
  const { refetch } = detail
  const version = followed?.version
  const known = detail.data?.row.version
  useEffect(() => {
    if (version !== undefined && known !== undefined && version !== known) void refetch()
  }, [version, known, refetch])
  const error = isAppError(detail.error) ? detail.error : null
  return {
    row,
    detail: detail.data,
    gone: missing || (error?.code === 'not_found' && !followed),
    error: detail.data ? null : error,
    loading: detail.isPending,
    retry: () => void refetch(),
  }
}
