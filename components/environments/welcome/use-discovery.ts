'use client'

import { useCallback, useEffect, useState } from 'react'
import { api } from '#lib/client/index.ts'
import type { AppError } from '#lib/errors/index.ts'
import { withOwnNames, type Found } from './found.ts'
import { asAppError } from './use-connecting.ts'

/** Looks at this machine. */
export function useDiscovery() {
  const [found, setFound] = useState<Found[] | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  const [looking, setLooking] = useState(true)
  const [round, setRound] = useState(0)

  useEffect(() => {
    const abort = new AbortController()
    api<{ found: Omit<Found, 'key'>[] }>('/api/environments/discover', { signal: abort.signal }).then(
      (answer) => {
        setFound(withOwnNames(answer.found.map((one) => ({ ...one, key: one.address }))))
        setError(null)
        setLooking(false)
      },
      (cause: unknown) => {
        if (abort.signal.aborted) return
        setError(asAppError(cause))
        setLooking(false)
      },
    )
    return () => abort.abort()
  }, [round])

  const look = useCallback(() => {
    setLooking(true)
    setRound((last) => last + 1)
  }, [])
  return { found, error, looking, look }
}
