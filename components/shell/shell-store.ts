import { create } from 'zustand'

interface ShellStore {
  /** What stands over the page. */
  over: 'palette' | 'keys' | null
}

export const useShellStore = create<ShellStore>()(() => ({ over: null }))

export const openPalette = (): void => useShellStore.setState({ over: 'palette' })
export const openKeys = (): void => useShellStore.setState({ over: 'keys' })
export const closeOver = (): void => useShellStore.setState({ over: null })
