'use client'

import { useCallback, useRef, useState } from 'react'
import { useDock, type TerminalTab } from '#components/shell/dock-store.ts'
import { newKey } from '#components/resources/actions/use-run.ts'
import { apiOf } from '#components/resources/href.ts'
import { api } from '#lib/client/index.ts'
import type { TerminalRow } from '#lib/model/terminal.ts'
import { wordsOf } from './words.ts'

/** What somebody wants to open, as they wrote it. */
export interface Wish {
  mode: 'shell' | 'program' | 'attach'
  command: string
  user: string
  workingDirectory: string
  why: string
}
export const emptyWish: Wish = { mode: 'shell', command: '', user: '', workingDirectory: '', why: '' }

const bodyOf = ({ mode, command, user, workingDirectory, why }: Wish, uid: string) => ({
  uid,
  mode: mode === 'attach' ? 'attach' : 'exec',
  command: mode === 'program' ? wordsOf(command) : null,
  user: (mode !== 'attach' && user.trim()) || null,
  workingDirectory: (mode !== 'attach' && workingDirectory.trim()) || null,
  why: why.trim() || null,
})

/** Opens what a tab is for; the tab shows it from then on. */
export function useOpen({ id, reference, uid }: TerminalTab) {
  const setTerminal = useDock((dock) => dock.setTerminal)
  const [isOpening, setIsOpening] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const busy = useRef(false)
  const { environment, kind, key } = reference
  const open = useCallback(
    async (wish: Wish) => {
      if (busy.current) return
      busy.current = true
      setIsOpening(true)
      const path = `${apiOf({ environment, kind, key })}/terminals`
      try {
        const opened = await api<TerminalRow>(path, { method: 'POST', body: bodyOf(wish, uid), idempotencyKey: newKey() })
        setTerminal(id, opened.id)
      } catch (failure) {
        setError(failure)
      } finally {
        busy.current = false
        setIsOpening(false)
      }
    },
    [environment, kind, key, uid, id, setTerminal],
  )
  return { open, isOpening, error }
}
