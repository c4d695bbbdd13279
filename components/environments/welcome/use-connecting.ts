'use client'

import { useState } from 'react'
import { api } from '#lib/client/index.ts'
import { AppError, isAppError } from '#lib/errors/index.ts'
import type { Environment } from '#lib/model/environment.ts'
import { firstChoice, type Choice, type Found } from './found.ts'

/** How far connecting one of them is. */
export type Progress = { state: 'connecting' } | { state: 'connected'; environment: Environment } | { state: 'failed'; error: AppError }

export const asAppError = (error: unknown) =>
  isAppError(error) ? error : new AppError('internal', 'Something went wrong in the browser.', { cause: error })

/** Keeps what somebody chose for each of those that were found, and connects what is ticked. */
export function useConnecting(found: readonly Found[] | null) {
  const [choices, setChoices] = useState<Record<string, Choice>>({})
  const [progress, setProgress] = useState<Record<string, Progress>>({})
  const choiceOf = (one: Found): Choice => choices[one.key] ?? firstChoice(one)
  const choose = (one: Found, choice: Partial<Choice>) =>
    setChoices((known) => ({ ...known, [one.key]: { ...(known[one.key] ?? firstChoice(one)), ...choice } }))

  const connect = async (one: Found): Promise<void> => {
    const put = (next: Progress) => setProgress((known) => ({ ...known, [one.key]: next }))
    const { name, stage, flag } = choiceOf(one)
    put({ state: 'connecting' })
    try {
      const body = { engine: one.engine, settings: one.settings, secrets: one.secrets, name: name.trim(), stage, flag }
      put({ state: 'connected', environment: await api<Environment>('/api/environments', { method: 'POST', body }) })
    } catch (cause) {
      put({ state: 'failed', error: asAppError(cause) })
    }
  }

  const isConnected = (one: Found) => one.connectedAs !== null || progress[one.key]?.state === 'connected'
  const all = found ?? []
  const chosen = all.filter((one) => one.probe && !isConnected(one) && choiceOf(one).ticked)
  return {
    choiceOf,
    choose,
    progress,
    chosen,
    connectChosen: () => void Promise.all(chosen.map(connect)),
    pending: Object.values(progress).some(({ state }) => state === 'connecting'),
    /** Some of it was connected just now. */
    fresh: Object.values(progress).some(({ state }) => state === 'connected'),
    /** Nothing is left to tick: what answers is connected. */
    settled: all.some(isConnected) && all.every((one) => !one.probe || isConnected(one)),
  }
}
