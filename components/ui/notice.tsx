import { Info, Lock, Unplug, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn.ts'
import { StateGlyph } from './state-glyph.tsx'

const tones = {
  /** Last known, dated. */
  stale: { icon: Unplug, box: 'border-warn-line bg-warn-wash', mark: 'text-warn' },
  /** One source, not the page. */
  failed: { icon: null, box: 'border-line bg-surface', mark: '' },
  /** Not an empty list. */
  forbidden: { icon: Lock, box: 'border-line bg-surface', mark: 'text-ink-3' },
  info: { icon: Info, box: 'border-accent-line bg-accent-wash', mark: 'text-accent' },
} as const satisfies Record<string, { icon: LucideIcon | null; box: string; mark: string }>

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
  const { icon: Icon, box, mark } = tones[tone]
  return (
    <div
      role={live ? 'status' : undefined}
      className={cn(
        'flex flex-wrap items-center gap-x-2.5 gap-y-1.5 border px-3.5 py-2 text-sm',
        bar ? 'border-x-0 border-t-0' : 'rounded-lg',
        box,
        className,
      )}
    >
      {Icon ? <Icon aria-hidden className={cn('size-4 flex-none', mark)} strokeWidth={1.6} /> : <StateGlyph health="failing" />}
      <div className="min-w-0 flex-[1_1_16rem]">
        <b className={tone === 'stale' || tone === 'info' ? 'font-medium' : 'font-semibold'}>{title}</b>
        {children && (
          <>
            {' '}
            <span className="text-ink-2">{children}</span>
          </>
        )}
      </div>
      {requestId && <code className="font-mono text-2xs text-ink-3">req {requestId}</code>}
      {actions && <div className="flex flex-none items-center gap-2">{actions}</div>}
    </div>
  )
}
