'use client'

import { useCallback, useEffect, useState } from 'react'
import { api } from '#lib/client/index.ts'
import { AppError, isAppError } from '#lib/errors/index.ts'
import type { Environment } from '#lib/model/environment.ts'
import { firstChoice, withOwnNames, type Choice, type Found } from './found.ts'

/** How far connecting one of them is. */
export type Progress = { state: 'connecting' } | { state: 'connected'; environment: Environment } | { state: 'failed'; error: AppError }

const asAppError = (error: unknown) =>
  isAppError(error) ? error : new AppError('internal', 'Something went wrong in the browser.', { cause: error })

/** Looks at this machine, keeps what somebody chose by address, and connects what is ticked. */
export function useDiscovery() {
  const [found, setFound] = useState<Found[] | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  const [looking, setLooking] = useState(true)
  const [round, setRound] = useState(0)
  const [choices, setChoices] = useState<Record<string, Choice>>({})
  const [progress, setProgress] = useState<Record<string, Progress>>({})

  useEffect(() => {
    const abort = new AbortController()
    api<{ found: Found[] }>('/api/environments/discover', { signal: abort.signal }).then(
      (answer) => {
        setFound(withOwnNames(answer.found))
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
  const choiceOf = (one: Found): Choice => choices[one.address] ?? firstChoice(one)
  const choose = (one: Found, choice: Partial<Choice>) =>
    setChoices((known) => ({ ...known, [one.address]: { ...(known[one.address] ?? firstChoice(one)), ...choice } }))

  const connect = async (one: Found): Promise<void> => {
    const put = (next: Progress) => setProgress((known) => ({ ...known, [one.address]: next }))
    const { name, stage, flag } = choiceOf(one)
    put({ state: 'connecting' })
    try {
      const body = { engine: one.engine, settings: one.settings, name: name.trim(), stage, flag }
      put({ state: 'connected', environment: await api<Environment>('/api/environments', { method: 'POST', body }) })
    } catch (cause) {
      put({ state: 'failed', error: asAppError(cause) })
    }
  }

  return { found, error, looking, look, choiceOf, choose, progress, connect }
}
