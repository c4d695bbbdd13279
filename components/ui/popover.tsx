'use client'

import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'
import { cn } from './cn.ts'

export const floatingStyle =
  'rounded-lg border border-line bg-raised shadow-pop outline-none transition-[opacity,scale] duration-(--duration-base) ease-out data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0 origin-(--transform-origin) dark:border-transparent'

interface PopoverProps {
  /** The button that opens it. */
  trigger: ReactElement
  title?: ReactNode
  children: ReactNode
  side?: 'top' | 'right' | 'bottom' | 'left'
  align?: 'start' | 'center' | 'end'
  className?: string
  open?: boolean
  onOpenChange?: (open: boolean) => void
}

/** A small sheet beside its button; closes on Escape and on a click elsewhere. */
export const Popover = ({ trigger, title, children, side = 'bottom', align = 'start', className, open, onOpenChange }: PopoverProps) => (
  <Base.Root open={open} onOpenChange={onOpenChange}>
    <Base.Trigger render={trigger} />
    <Base.Portal>
      <Base.Positioner side={side} align={align} sideOffset={6} collisionPadding={8} className="z-40">
        <Base.Popup className={cn(floatingStyle, 'max-h-(--available-height) max-w-80 overflow-y-auto p-3 text-sm', className)}>
          {title && <Base.Title className="mb-1 text-sm font-semibold">{title}</Base.Title>}
          {children}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
)
