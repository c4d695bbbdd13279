import type { ReactNode } from 'react'
import { cn } from './cn.ts'

/** The seven states. Shape, word and colour, in that order of trust. */
export type StateName = 'failing' | 'degraded' | 'moving' | 'healthy' | 'stopped' | 'completed' | 'unknown'

const shapes: Record<StateName, ReactNode> = {
  failing: <path d="M6 .4 11.6 6 6 11.6 .4 6Z" fill="currentColor" />,
  degraded: <path d="M6.9 1.3a1 1 0 0 0-1.8 0L.6 9.7A1 1 0 0 0 1.5 11.2h9a1 1 0 0 0 .9-1.5Z" fill="currentColor" />,
  moving: (
    <>
      <circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M6 1.6a4.4 4.4 0 0 1 0 8.8Z" fill="currentColor" />
    </>
  ),
  healthy: <circle cx="6" cy="6" r="3.6" fill="currentColor" />,
  stopped: <rect x="2" y="2" width="8" height="8" rx="1.6" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  completed: (
    <path d="M2 6.4 4.9 9.2 10.2 3.2" fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round" />
  ),
  unknown: <circle cx="6" cy="6" r="4.3" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.3 2.2" />,
}

const marks: Record<StateName, string> = {
  failing: 'text-fail-solid',
  degraded: 'text-warn-solid',
  moving: 'text-busy-solid',
  healthy: 'text-ok-solid',
  stopped: 'text-idle',
  completed: 'text-idle',
  unknown: 'text-idle',
}

const words: Record<StateName, string> = {
  failing: 'font-medium text-fail',
  degraded: 'text-warn',
  moving: 'text-busy',
  healthy: 'text-ink-3',
  stopped: 'text-ink-3',
  completed: 'text-ink-3',
  unknown: 'text-ink-3',
}

interface StateGlyphProps {
  health: StateName
  /** Pixels. */
  size?: number
  /** Its word, for readers, when no word stands beside it. */
  label?: string
  className?: string
}

export const StateGlyph = ({ health, size = 12, label, className }: StateGlyphProps) => (
  <svg
    width={size}
    height={size}
    viewBox="0 0 12 12"
    className={cn('flex-none', marks[health], health === 'moving' && 'motion-safe:animate-turn', className)}
    {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
  >
    {shapes[health]}
  </svg>
)

/** Glyph and word. `stale`: what it says is old, so it is drawn as unknown whatever it was. */
export const StateLabel = ({
  health,
  children,
  stale,
  className,
}: {
  health: StateName
  children: ReactNode
  stale?: boolean
  className?: string
}) => {
  const shown = stale ? 'unknown' : health
  return (
    <span className={cn('inline-flex min-w-0 items-center gap-1.5 whitespace-nowrap', words[shown], className)}>
      <StateGlyph health={shown} />
      <span className="truncate">{children}</span>
    </span>
  )
}
