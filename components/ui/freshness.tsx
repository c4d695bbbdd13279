import { Clock, Pause, Unplug } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn.ts'

interface FreshnessProps {
  /** Four shapes: dot, clock, plug, pause. */
  state: 'live' | 'polled' | 'silent' | 'held'
  /** `Live, 0.4 s` · `2 min ago` · `silent 14 min` · `Held while you select`. */
  children: ReactNode
  className?: string
}

/** How old what is shown may be. */
export const Freshness = ({ state, children, className }: FreshnessProps) => (
  <span
    className={cn(
      'inline-flex items-center gap-1.5 text-xs whitespace-nowrap text-ink-3 tabular-nums',
      state === 'silent' && 'text-warn',
      state === 'held' && 'text-busy',
      className,
    )}
  >
    {state === 'live' && <span aria-hidden className="mx-0.5 size-1.5 flex-none rounded-full bg-ok-solid ring-3 ring-ok-wash" />}
    {state === 'polled' && <Clock aria-hidden className="size-3 flex-none" strokeWidth={1.6} />}
    {state === 'silent' && <Unplug aria-hidden className="size-3.5 flex-none" strokeWidth={1.6} />}
    {state === 'held' && <Pause aria-hidden className="size-3 flex-none" strokeWidth={1.6} />}
    {children}
  </span>
)
