'use client'

import type { LucideIcon } from 'lucide-react'
import { useEffect } from 'react'
import { create } from 'zustand'

/** Something that can be done here and now; the palette offers it under "Do". */
export interface Command {
  id: string
  /** With the name of its target: `Restart web`. */
  title: string
  icon?: LucideIcon
  /** The same by one key. */
  keys?: string
  /** At the right: how it asks, what it is about. */
  aside?: string
  /** Why not now; then it is shown and does nothing. */
  disabledReason?: string
  run: () => void
}

interface CommandStore {
  groups: ReadonlyMap<string, readonly Command[]>
  put: (owner: string, commands: readonly Command[] | null) => void
}

export const useCommandStore = create<CommandStore>()((set) => ({
  groups: new Map(),
  put: (owner, commands) =>
    set(({ groups }) => {
      const next = new Map(groups)
      if (commands) next.set(owner, commands)
      else next.delete(owner)
      return { groups: next }
    }),
}))

/** Offers commands in the palette while the component is there. `commands` should keep its identity between renders. */
export function useCommands(owner: string, commands: readonly Command[]): void {
  const put = useCommandStore((store) => store.put)
  useEffect(() => {
    put(owner, commands)
    return () => put(owner, null)
  }, [owner, commands, put])
}
