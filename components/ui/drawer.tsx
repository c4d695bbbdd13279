'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useRef, type ReactNode } from 'react'
import { IconButton } from './icon-button.tsx'
import { useUi } from './provider.tsx'

interface DrawerProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Its accessible name; `head` is what is seen. */
  label: string
  head: ReactNode
  children: ReactNode
}

/**
 * At the right edge, 448 px, over the page below 1,100 px, down to `--dock-height` above the foot. The page beside it stays usable: focus is not trapped,
 * a click outside leaves it open, Escape closes it.
 */
export function Drawer({ open, onOpenChange, label, head, children }: DrawerProps) {
  const { labels } = useUi()
  // Focus goes to the drawer itself: on its cross it would open a tooltip, and that takes the first Escape.
  const popup = useRef<HTMLDivElement>(null)
  return (
    <Base.Root open={open} onOpenChange={onOpenChange} modal={false} disablePointerDismissal>
      <Base.Portal>
        <Base.Popup
          ref={popup}
          initialFocus={popup}
          tabIndex={-1}
          aria-label={label}
          className="fixed top-0 right-0 bottom-(--dock-height,0px) z-30 flex w-drawer max-w-full flex-col border-l border-line bg-surface shadow-pop outline-none transition-transform duration-(--duration-base) ease-out data-ending-style:translate-x-full data-starting-style:translate-x-full max-sm:inset-x-0 max-sm:top-12 max-sm:bottom-0 max-sm:w-full max-sm:rounded-t-xl max-sm:border-t max-sm:border-l-0 max-sm:data-ending-style:translate-x-0 max-sm:data-ending-style:translate-y-full max-sm:data-starting-style:translate-x-0 max-sm:data-starting-style:translate-y-full"
        >
          <div className="flex min-h-bar flex-none items-center gap-2 border-b border-line px-4 py-2">
            <div className="min-w-0 flex-1">{head}</div>
            <Base.Close render={<IconButton icon={X} label={labels.close} className="-mr-1.5 self-start" />} />
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
