'use client'

import { AlertDialog } from '@base-ui/react/alert-dialog'
import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { cn } from './cn.ts'
import { useUi } from './provider.tsx'

export const backdropStyle =
  'fixed inset-0 z-40 bg-ink/25 transition-opacity duration-(--duration-base) data-ending-style:opacity-0 data-starting-style:opacity-0 dark:bg-rail/70'

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  /** Before the title: a flag, a glyph. */
  mark?: ReactNode
  description?: ReactNode
  children?: ReactNode
  /** The last line: `<Button>`s, the one that acts at the right end. */
  footer?: ReactNode
  /** Asks before something that hurts: a click outside does not close it. */
  alert?: boolean
  /** Where focus goes first; never the button that destroys. */
  initialFocus?: RefObject<HTMLElement | null>
  size?: 'default' | 'wide'
}

const popupStyle =
  'fixed top-[12vh] left-1/2 z-50 flex max-h-[76vh] w-[calc(100vw-2rem)] -translate-x-1/2 flex-col rounded-xl bg-raised p-5 shadow-dialog outline-none transition-[opacity,scale] duration-(--duration-base) ease-out data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0 max-sm:top-auto max-sm:bottom-0 max-sm:max-h-[92dvh] max-sm:w-full max-sm:rounded-b-none'

/** Traps focus and gives it back; Escape closes. On a phone it rises from the bottom edge. */
export function Dialog({
  open,
  onOpenChange,
  title,
  mark,
  description,
  children,
  footer,
  alert,
  initialFocus,
  size = 'default',
}: DialogProps) {
  const { labels } = useUi()
  const Part = alert ? AlertDialog : Base
  return (
    <Part.Root open={open} onOpenChange={onOpenChange}>
      <Part.Portal>
        <Part.Backdrop className={backdropStyle} />
        <Part.Popup data-modal initialFocus={initialFocus} className={cn(popupStyle, size === 'wide' ? 'max-w-3xl' : 'max-w-lg')}>
          <div className={cn('flex flex-none items-center gap-2.5', !alert && 'pr-9')}>
            {mark}
            <Part.Title className="min-w-0 flex-1 text-lg font-semibold tracking-[-0.01em]">{title}</Part.Title>
          </div>
          {description && <Part.Description className="mt-1 flex-none text-sm text-ink-2">{description}</Part.Description>}
          {children && <div className="-mx-5 mt-3 min-h-0 flex-1 overflow-y-auto px-5 pb-0.5">{children}</div>}
          {footer && <div className="mt-4 flex flex-none flex-wrap items-center justify-end gap-2">{footer}</div>}
          {!alert && (
            // Last in the order of focus: a dialog opens on what it asks, not on the way out.
            <Part.Close
              aria-label={labels.close}
              className="absolute top-4 right-4 inline-flex size-7 items-center justify-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
            >
              <X aria-hidden className="size-4" strokeWidth={1.6} />
            </Part.Close>
          )}
        </Part.Popup>
      </Part.Portal>
    </Part.Root>
  )
}
