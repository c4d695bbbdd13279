import type { ReactNode } from 'react'
import { cn } from './cn.ts'

interface PanelProps {
  title?: ReactNode
  /** At the right of the title: freshness, a link, buttons. */
  aside?: ReactNode
  children: ReactNode
  /** Without inner space, for lists and tables. */
  flush?: boolean
  className?: string
}

export const Panel = ({ title, aside, children, flush, className }: PanelProps) => (
  <section className={cn('min-w-0 overflow-hidden rounded-lg border border-line bg-surface', className)}>
    {(title || aside) && (
      <header className="flex min-h-10 items-center gap-2 border-b border-line px-3.5 py-1.5">
        <h2 className="min-w-0 truncate text-sm font-semibold">{title}</h2>
        <span className="flex-1" />
        {aside && <span className="flex flex-none items-center gap-2">{aside}</span>}
      </header>
    )}
    <div className={flush ? undefined : 'px-3.5 py-3'}>{children}</div>
  </section>
)
