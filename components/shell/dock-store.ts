import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import type { Reference } from '#lib/model/resource.ts'

/** What is open in the dock. A tab keeps its place while pages come and go; a reload of the browser's tab keeps it too. */
export interface DockTab {
  id: string
  type: 'logs'
  reference: Reference
  /** The name of what it is about, for people. */
  title: string
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
  show: (id: string) => void
  close: (id: string) => void
  setOpen: (open: boolean) => void
  setHeight: (height: number) => void
}

export const leastDockHeight = 200
const idOf = ({ environment, kind, key }: Reference) => `logs:${environment}/${kind}/${key}`

export const useDock = create<DockState>()(
  persist(
    (set) => ({
      tabs: [],
      current: null,
      open: false,
      height: 320,
      openLogs: (reference, title) =>
        set(({ tabs }) => {
          const id = idOf(reference)
          const known = tabs.some((tab) => tab.id === id)
          return { tabs: known ? tabs : [...tabs, { id, type: 'logs', reference, title }], current: id, open: true }
        }),
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
