import type { ReactNode } from 'react'

/** In the place of a chart: why there is none. */
export const NoFigures = ({ children }: { children: ReactNode }) => (
  <p className="flex min-h-24 items-center justify-center rounded-lg border border-dashed border-line-strong px-4 py-3 text-center text-sm text-ink-2">
    {children}
  </p>
)
