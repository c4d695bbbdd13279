import { X, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn.ts'

/** A small fact with a hairline: a version, an owner. */
export const Chip = ({ icon: Icon, children, className }: { icon?: LucideIcon; children: ReactNode; className?: string }) => (
  <span
    className={cn(
      'inline-flex h-5 max-w-full items-center gap-1 rounded-sm border border-line bg-surface px-1.5 text-xs whitespace-nowrap text-ink-2',
      className,
    )}
  >
    {Icon && <Icon aria-hidden className="size-3.5 flex-none text-ink-3" strokeWidth={1.6} />}
    <span className="truncate">{children}</span>
  </span>
)

interface TokenProps {
  /** `namespace` `is` `payments`. */
  field: ReactNode
  op?: ReactNode
  value: ReactNode
  onRemove?: () => void
  /** The accessible name of the cross. */
  removeLabel?: string
  onEdit?: () => void
}

/** One part of a filter, with a cross to drop it. */
export const Token = ({ field, op, value, onRemove, removeLabel, onEdit }: TokenProps) => {
  const Words = onEdit ? 'button' : 'span'
  return (
    <span className="inline-flex h-5.5 max-w-full flex-none items-center rounded-sm border border-accent-line bg-accent-wash text-xs whitespace-nowrap">
      <Words {...(onEdit ? { type: 'button', onClick: onEdit } : {})} className="flex min-w-0 items-center px-1.5">
        <span className="text-ink-2">{field}</span>
        {op && <span className="pl-1 text-ink-3">{op}</span>}
        <span className="truncate pl-1 font-medium text-ink">{value}</span>
      </Words>
      {onRemove && (
        <button
          type="button"
          aria-label={removeLabel}
          onClick={onRemove}
          className="relative -ml-0.5 inline-flex h-full w-5 items-center justify-center text-ink-3 after:absolute after:-inset-y-0.5 after:inset-x-0 hover:text-ink"
        >
          <X aria-hidden className="size-3" strokeWidth={2} />
        </button>
      )}
    </span>
  )
}
