import { Info, Lock, Unplug, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn.ts'
import { StateGlyph } from './state-glyph.tsx'

const tones = {
  /** Last known, dated. */
  stale: { icon: Unplug, box: 'border-warn-line bg-warn-wash', mark: 'text-warn', oneLine: true },
  /** One source, not the page. */
  failed: { icon: null, box: 'border-line bg-surface', mark: '', oneLine: false },
  /** Not an empty list. */
  forbidden: { icon: Lock, box: 'border-line bg-surface', mark: 'text-ink-3', oneLine: false },
  info: { icon: Info, box: 'border-accent-line bg-accent-wash', mark: 'text-accent', oneLine: true },
} as const satisfies Record<string, { icon: LucideIcon | null; box: string; mark: string; oneLine: boolean }>

interface NoticeProps {
  tone: keyof typeof tones
  /** What is the matter, as a sentence. */
  title: ReactNode
  /** The cause, the engine's own words, the way out. */
  children?: ReactNode
  actions?: ReactNode
  /** `req 7f3a-91c2`, for a report. */
  requestId?: string
  /** Across the whole width of its parent, without a frame of its own. */
  bar?: boolean
  /** Speaks up when it appears; not for what stands on a page from the start. */
  live?: boolean
  className?: string
}

export function Notice({ tone, title, children, actions, requestId, bar, live, className }: NoticeProps) {
  const { icon: Icon, box, mark, oneLine } = tones[tone]
  return (
    <div
      role={live ? 'status' : undefined}
      className={cn(
        'flex flex-wrap gap-x-2.5 gap-y-2 border px-3.5 text-sm',
        oneLine ? 'items-center py-2' : 'py-3',
        bar ? 'border-x-0 border-t-0' : 'rounded-lg',
        box,
        className,
      )}
    >
      <div className={cn('flex min-w-0 flex-[1_1_12rem] gap-2.5', oneLine && 'items-center')}>
        <span className="flex h-5 flex-none items-center">
          {Icon ? <Icon aria-hidden className={cn('size-4', mark)} strokeWidth={1.6} /> : <StateGlyph health="failing" />}
        </span>
        <div className="min-w-0 flex-1">
          <b className={oneLine ? 'font-medium' : 'block font-semibold'}>{title}</b>
          {children && (
            <>
              {' '}
              <span className="text-ink-2">{children}</span>
            </>
          )}
        </div>
      </div>
      {(actions || requestId) && (
        <div className={cn('flex flex-none items-center gap-2', !oneLine && 'w-full pl-6.5')}>
          {actions}
          {requestId && <code className="ml-auto font-mono text-2xs text-ink-3">req {requestId}</code>}
        </div>
      )}
    </div>
  )
}
