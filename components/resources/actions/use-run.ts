'use client'

import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import { useConsole } from '#components/shell/console-context.tsx'
import { closeToast, toast } from '#components/ui/toaster.tsx'
import { api } from '#lib/client/index.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import type { Activity } from '#lib/model/activity.ts'
import type { ActionDescription, KindDescription } from '#lib/model/kind.ts'
import { nameOf } from '#lib/model/reference.ts'
import type { Row } from '#lib/model/resource.ts'
import { apiOf } from '../href.ts'
import { useWords } from '../words.ts'
import { countOf, useActing, type Asked, type Target } from './acting.ts'
import { reverseOf } from './availability.ts'
import { fieldsOf } from './schema-fields.ts'

/** Of one wish. crypto.randomUUID exists only where the page came by TLS or from this machine; this works everywhere. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** What the confirmation asked for. */
export interface Given {
  input: Record<string, unknown> | null
  why: string | null
}
const nothingGiven: Given = { input: null, why: null }

export interface Run {
  /** Begins an action: at once when it can be undone and asks for nothing, else through its confirmation. */
  start(action: ActionDescription, kinds: readonly KindDescription[], target: Target): void
  /** Does what was confirmed. Rejects with what the API said. */
  confirm(asked: Asked, given: Given): Promise<void>
}

const askAgainMs = 1_000
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** The activity once it has ended. What is on the screen meanwhile changes because sync saw it. */
async function outcomeOf(activity: Activity): Promise<Activity> {
  let now = activity
  while (now.outcome === 'running') {
    await wait(askAgainMs)
    now = await api<Activity>(`/api/activities/${activity.id}`)
  }
  return now
}

export function useRun(): Run {
  const { environmentById } = useConsole()
  const { ask, showBatch } = useActing()
  const runOne = useRunOne()

  const confirm = useCallback(
    async (asked: Asked, given: Given) => {
      const { target, action, idempotencyKey } = asked
      if ('rows' in target && target.rows.length === 1) return runOne(asked, target.rows[0]!, given)
      const chosen =
        'rows' in target
          ? { keys: target.rows.map(({ environment, kind, key, uid }) => ({ environment, kind, key, uid })) }
          : { query: target.query, expected: target.count }
      const { batch } = await api<{ batch: string }>('/api/actions', {
        method: 'POST',
        idempotencyKey,
        body: { action: action.name, ...given, ...chosen },
      })
      showBatch({ id: batch, action, count: countOf(target) })
    },
    [runOne, showBatch],
  )
  const start = useCallback(
    (action: ActionDescription, kinds: readonly KindDescription[], target: Target) => {
      const asked: Asked = { action, kinds, target, idempotencyKey: newKey() }
      const isProtected = 'query' in target || target.rows.some((row) => environmentById.get(row.environment)?.protected)
      const asks = action.weight !== 'undoable' || isProtected || fieldsOf(action.input).length > 0
      if (asks) ask(asked)
      // Its failure is told by a toast; there is nobody else to tell.
      else void confirm(asked, nothingGiven).catch(() => undefined)
    },
    [ask, confirm, environmentById],
  )
  return { start, confirm }
}

/** One action on one row, told by one toast from its way to its end, with a way back where there is one. */
function useRunOne() {
  const t = useTranslations('resources.act')
  const words = useWords()
  const sayError = useErrorSentence()
  const { begin, end } = useActing()
  return useCallback(
    async function runOne({ action, kinds, idempotencyKey }: Asked, row: Row, given: Given): Promise<void> {
      const say = { action: words.action(action.name), name: row.name }
      const id = `${nameOf(row)}\n${action.name}`
      const fail = (error: unknown) => toast({ id, health: 'failing', title: t('failed', say), description: sayError(error) })
      begin(row.id, action.name)
      toast({ id, health: 'moving', title: t('running', say), timeout: 0 })
      try {
        const path = `${apiOf(row)}/actions/${action.name}`
        const activity = await api<Activity>(path, { method: 'POST', idempotencyKey, body: { ...given, uid: row.uid } })
        void outcomeOf(activity)
          .then((ended) => {
            if (ended.outcome !== 'succeeded')
              return toast({
                id,
                health: 'failing',
                title: t('failed', say),
                description: ended.error ? sayOutcome(ended.error, words) : undefined,
              })
            const reverse = action.weight === 'irreversible' ? undefined : reverseOf(action.name, kinds[0]?.actions ?? [])
            const undo =
              reverse &&
              (() =>
                void runOne({ action: reverse, kinds, target: { rows: [row] }, idempotencyKey: newKey() }, row, {
                  input: null,
                  why: given.why,
                }).catch(() => undefined))
            return toast({ id, title: t('done', say), action: undo && { label: t('undo'), onClick: undo } })
          })
          .catch(fail)
          .finally(() => end(row.id))
      } catch (error) {
        end(row.id)
        closeToast(id)
        fail(error)
        throw error
      }
    },
    [t, words, sayError, begin, end],
  )
}

const sayOutcome = (error: NonNullable<Activity['error']>, words: ReturnType<typeof useWords>): string =>
  error.reason ? words.reason(error.reason) : error.message
