'use client'

import { useConsole } from '#components/shell/console-context.tsx'
import { useDock } from '#components/shell/dock-store.ts'
import type { ActionDescription, KindDescription } from '#lib/model/kind.ts'
import type { Row } from '#lib/model/resource.ts'
import { terminalRole } from '#lib/model/terminal.ts'
import { useWhyOff } from './actions/action-menu.tsx'
import { availabilityOf } from './actions/availability.ts'

const shell: ActionDescription = { name: 'terminal', role: terminalRole, weight: 'undoable', input: null }

export interface Shell {
  /** Why none can be opened in it now, as a sentence. */
  disabledReason: string | undefined
  open(options?: { atOnce: boolean }): void
}

/** What it takes to open a shell in a row; null for a kind without terminals. */
export function useShell(): (row: Row, kind: KindDescription | undefined) => Shell | null {
  const { actor, environmentById } = useConsole()
  const whyOff = useWhyOff()
  const openShell = useDock((dock) => dock.openShell)
  return (row, kind) => {
    if (!kind?.streams.includes('terminal')) return null
    const { environment, kind: name, key, uid, name: title } = row
    return {
      disabledReason: whyOff(availabilityOf(shell, row, { bindings: actor.bindings, environments: environmentById })),
      open: ({ atOnce } = { atOnce: true }) => openShell({ reference: { environment, kind: name, key }, title, uid, atOnce }),
    }
  }
}
