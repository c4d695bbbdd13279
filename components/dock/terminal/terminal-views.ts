'use client'

import { useDock } from '#components/shell/dock-store.ts'
import { TerminalView } from './terminal-view.ts'

/** By the terminal's id: connected for as long as a tab shows it, in front or not. */
const views = new Map<string, TerminalView>()

export function terminalView(id: string, label: string): TerminalView {
  const known = views.get(id)
  if (known) return known
  const made = new TerminalView(id, label)
  views.set(id, made)
  return made
}

// A closed tab closes its terminal.
useDock.subscribe(({ tabs }) => {
  for (const [id, view] of views) {
    if (tabs.some((tab) => tab.type === 'terminal' && tab.terminal === id)) continue
    views.delete(id)
    view.close()
  }
})
