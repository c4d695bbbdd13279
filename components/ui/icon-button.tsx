'use client'

import type { LucideIcon } from 'lucide-react'
import { useId, type ComponentProps, type MouseEvent, type ReactNode } from 'react'
import { cn } from './cn.ts'
import { Tooltip } from './tooltip.tsx'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'disabled' | 'children'> {
  icon: LucideIcon
  /** Its accessible name and its tooltip. */
  label: string
  /** Keys that do the same, shown after the label. */
  keys?: ReactNode
  size?: 24 | 28 | 44
  disabledReason?: ReactNode
}

const sizes = { 24: 'size-6', 28: 'size-7', 44: 'size-11' } as const

export function IconButton({
  icon: Icon,
  label,
  keys,
  size = 28,
  disabledReason,
  className,
  onClick,
  type = 'button',
  ...rest
}: IconButtonProps) {
  const reasonId = useId()
  const off = Boolean(disabledReason)
  const guard = (event: MouseEvent<HTMLButtonElement>) => {
    if (off) event.preventDefault()
    else onClick?.(event)
  }
  const hint = (
    <span className="flex items-center gap-2">
      {off ? disabledReason : label}
      {keys}
    </span>
  )
  return (
    <>
      <Tooltip content={hint}>
        <button
          type={type}
          aria-label={label}
          aria-disabled={off || undefined}
          aria-describedby={off ? reasonId : undefined}
          className={cn(
            'inline-flex flex-none cursor-default items-center justify-center rounded-md text-ink-3 transition-colors duration-(--duration-fast) hover:bg-hover hover:text-ink aria-pressed:bg-accent-wash aria-pressed:text-accent',
            sizes[size],
            off && 'opacity-60 hover:bg-transparent hover:text-ink-3',
            className,
          )}
          onClick={guard}
          {...rest}
        >
          <Icon aria-hidden className={size === 44 ? 'size-5' : 'size-4'} strokeWidth={1.6} />
        </button>
      </Tooltip>
      {off && (
        <span id={reasonId} className="sr-only">
          {disabledReason}
        </span>
      )}
    </>
  )
}
