import type { ReactNode } from 'react'

/** One keycap. */
export const Kbd = ({ children }: { children: ReactNode }) => (
  <kbd className="inline-flex h-4.5 min-w-4.5 items-center justify-center gap-1 rounded-sm border border-line bg-surface px-1 font-sans text-2xs text-ink-3">
    {children}
  </kbd>
)
