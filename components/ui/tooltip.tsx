'use client'

import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'

interface TooltipProps {
  /** What it says. Nothing: no tooltip. */
  content: ReactNode
  /** The one element it belongs to; it must take a ref and be focusable. */
  children: ReactElement
  side?: 'top' | 'right' | 'bottom' | 'left'
}

/** Shown on hover and on focus. Never the only place of a fact for readers: name the element itself as well. */
export function Tooltip({ content, children, side = 'top' }: TooltipProps) {
  if (!content) return children
  return (
    <Base.Root>
      <Base.Trigger render={children} closeOnClick={false} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-50">
          <Base.Popup className="max-w-72 rounded-md border border-line bg-raised px-2.5 py-1.5 text-xs text-ink-2 shadow-pop transition-opacity duration-(--duration-fast) data-ending-style:opacity-0 data-starting-style:opacity-0">
            {content}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
