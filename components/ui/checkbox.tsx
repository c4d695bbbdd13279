'use client'

import { Checkbox as Base } from '@base-ui/react/checkbox'
import { Check, Minus } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { cn } from './cn.ts'

interface CheckboxProps {
  checked: boolean | 'some'
  onCheckedChange: (checked: boolean, event: Event) => void
  /** Beside the box, clickable. Without it `aria-label` is needed. */
  children?: ReactNode
  'aria-label'?: string
  name?: string
  disabled?: boolean
  tabIndex?: number
  className?: string
}

export function Checkbox({ checked, onCheckedChange, children, className, ...rest }: CheckboxProps) {
  const labelId = useId()
  const some = checked === 'some'
  const box = (
    <Base.Root
      aria-labelledby={children ? labelId : undefined}
      checked={checked === true}
      indeterminate={some}
      onCheckedChange={(next, details) => onCheckedChange(next, details.event)}
      className={cn(
        // The target reaches beyond the 16 px that are drawn.
        'relative inline-flex size-4 flex-none items-center justify-center rounded-sm border border-control bg-surface text-on-accent after:absolute after:-inset-1 data-checked:border-accent data-checked:bg-accent data-indeterminate:border-accent data-indeterminate:bg-accent data-disabled:opacity-60',
        !children && className,
      )}
      {...rest}
    >
      <Base.Indicator className="flex">
        {some ? <Minus aria-hidden className="size-3" strokeWidth={3} /> : <Check aria-hidden className="size-3" strokeWidth={3} />}
      </Base.Indicator>
    </Base.Root>
  )
  if (!children) return box
  return (
    <label className={cn('flex items-start gap-2.5 text-sm text-ink-2 [&>*:first-child]:mt-0.5', className)}>
      {box}
      <span id={labelId} className="min-w-0">
        {children}
      </span>
    </label>
  )
}
