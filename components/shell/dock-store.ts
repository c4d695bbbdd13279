import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import type { Reference } from '#lib/model/resource.ts'

/** What is open in the dock. A tab keeps its place while pages come and go; a reload of the browser's tab keeps it too. */
export type DockTab = LogsTab | TerminalTab
interface Tab {
  id: string
  reference: Reference
  /** The name of what it is about, for people. */
  title: string
}
export interface LogsTab extends Tab {
  type: 'logs'
}
export interface TerminalTab extends Tab {
  type: 'terminal'
  /** The terminal that is open; null while it is to be opened. */
  terminal: string | null
  /** Of the life that was seen when it was asked for. */
  uid: string
  /** Opens without asking for anything first. */
  atOnce: boolean
}

interface Shell {
  reference: Reference
  title: string
  uid: string
  atOnce: boolean
}

interface DockState {
  tabs: DockTab[]
  /** The tab in front. */
  current: string | null
  open: boolean
  /** Of the open dock, in pixels; drawn no higher than 70 % of the window. */
  height: number
  /** Opens the logs of one thing, or brings its tab to the front. */
  openLogs: (reference: Reference, title: string) => void
  /** Opens a shell in one thing, or brings its tab to the front; asked for with options it is begun anew. */
  openShell: (shell: Shell) => void
  /** Looks at a terminal that somebody has open. */
  watch: (reference: Reference, title: string, terminal: string) => void
  /** What a tab shows from now on; null: it asks again what to open, or opens at once. */
  setTerminal: (id: string, terminal: string | null, atOnce?: boolean) => void
  show: (id: string) => void
  close: (id: string) => void
  setOpen: (open: boolean) => void
  setHeight: (height: number) => void
}

export const leastDockHeight = 200
const idOf = (type: DockTab['type'], { environment, kind, key }: Reference) => `${type}:${environment}/${kind}/${key}`

/** The tab in front, in the place of the one with its id or at the end. */
function withTab(tabs: readonly DockTab[], tab: DockTab, anew: boolean): Pick<DockState, 'tabs' | 'current' | 'open'> {
  const known = tabs.some(({ id }) => id === tab.id)
  const next = known ? tabs.map((old) => (anew && old.id === tab.id ? tab : old)) : [...tabs, tab]
  return { tabs: next, current: tab.id, open: true }
}

export const useDock = create<DockState>()(
  persist(
    (set) => ({
      tabs: [],
      current: null,
      open: false,
      height: 320,
      openLogs: (reference, title) =>
        set(({ tabs }) => withTab(tabs, { id: idOf('logs', reference), type: 'logs', reference, title }, false)),
      openShell: (shell) =>
        set(({ tabs }) => {
          const id = idOf('terminal', shell.reference)
          const known = tabs.find((tab) => tab.id === id)
          // One that is open is kept; who wants another one gets it beside.
          const isOpen = known?.type === 'terminal' && known.terminal !== null
          const beside = isOpen && !shell.atOnce ? `${id}#${tabs.length}` : id
          return withTab(tabs, { id: beside, type: 'terminal', terminal: null, ...shell }, !isOpen)
        }),
      watch: (reference, title, terminal) =>
        set(({ tabs }) => {
          const known = tabs.find((tab) => tab.type === 'terminal' && tab.terminal === terminal)
          const tab: TerminalTab = { id: `terminal:${terminal}`, type: 'terminal', reference, title, terminal, uid: '', atOnce: false }
          return withTab(tabs, known ?? tab, false)
        }),
      setTerminal: (id, terminal, atOnce = false) =>
        set(({ tabs }) => ({ tabs: tabs.map((tab) => (tab.id === id && tab.type === 'terminal' ? { ...tab, terminal, atOnce } : tab)) })),
      show: (id) => set({ current: id, open: true }),
      close: (id) =>
        set(({ tabs, current, open }) => {
          const at = tabs.findIndex((tab) => tab.id === id)
          const left = tabs.filter((tab) => tab.id !== id)
          const next = current === id ? (left[Math.min(at, left.length - 1)]?.id ?? null) : current
          return { tabs: left, current: next, open: open && left.length > 0 }
        }),
      setOpen: (open) => set(({ tabs, current }) => ({ open: open && tabs.length > 0, current: current ?? tabs[0]?.id ?? null })),
      setHeight: (height) => set({ height: Math.max(leastDockHeight, Math.round(height)) }),
    }),
    // The server has no session storage: the dock fills after the first render, see Dock.
    { name: 'portolan.dock', storage: createJSONStorage(() => sessionStorage), skipHydration: true },
  ),
)
