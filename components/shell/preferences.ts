import { create } from 'zustand'
import { persist } from 'zustand/middleware'

interface Preferences {
  /** Single letters do something; see WCAG 2.1.4. */
  singleKeys: boolean
  setSingleKeys: (singleKeys: boolean) => void
  /** Environments and their sections (`<environment>/<section>`) that are unfolded or folded by hand; else the open ones unfold. */
  unfolded: Record<string, boolean>
  setUnfolded: (part: string, unfolded: boolean) => void
}

/** What this browser remembers of how somebody likes to work. */
export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      singleKeys: true,
      setSingleKeys: (singleKeys) => set({ singleKeys }),
      unfolded: {},
      setUnfolded: (part, unfolded) => set((now) => ({ unfolded: { ...now.unfolded, [part]: unfolded } })),
    }),
    { name: 'portolan.preferences', skipHydration: true },
  ),
)

const year = 31_536_000
/** Keeps a choice where the server reads it too, for a year. */
export function remember(cookie: string, value: string): void {
  document.cookie = `${cookie}=${value}; path=/; max-age=${year}; samesite=lax`
}
