'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '#lib/client/index.ts'
import type { SearchAnswer } from '#lib/model/search.ts'

/** Somebody who types is not asked for at every letter. */
const pauseMs = 120

export interface Search {
  answer: SearchAnswer | undefined
  searching: boolean
  error: unknown
}

/** Searches all environments or one of them, on the server, once typing pauses. */
export function useSearch(text: string, environment: string | null): Search {
  const wanted = text.trim()
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wanted), pauseMs)
    return () => clearTimeout(timer)
  }, [wanted])
  const enabled = asked !== ''
  const { data, error, isFetching } = useQuery({
    queryKey: ['search.find', asked, environment],
    queryFn: ({ signal }) =>
      api<SearchAnswer>(`/api/search?${new URLSearchParams({ q: asked, ...(environment && { environment }) })}`, { signal }),
    enabled,
    placeholderData: keepPreviousData,
    staleTime: 2_000,
  })
  return { answer: enabled && wanted !== '' ? data : undefined, searching: isFetching || asked !== wanted, error: enabled ? error : null }
}
