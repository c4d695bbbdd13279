'use client'

import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { buttonStyle } from './button.tsx'
import { useUi } from './provider.tsx'
import { StateGlyph, type StateName } from './state-glyph.tsx'

const manager = Toast.createToastManager<{ health: StateName }>()

export interface ToastOptions {
  /** The same id again replaces the words of the toast that is there. */
  id?: string
  health?: StateName
  title: ReactNode
  description?: ReactNode
  action?: { label: ReactNode; onClick: () => void }
  /** Milliseconds; 10 s with an action, so that Undo can be reached, else 6 s. 0 stays. */
  timeout?: number
}

/** Says what was done, with a way back. Answers its id. */
export const toast = ({ health = 'healthy', action, timeout, ...rest }: ToastOptions): string =>
  manager.add({
    ...rest,
    data: { health },
    timeout: timeout ?? (action ? 10_000 : 6_000),
    priority: health === 'failing' ? 'high' : 'low',
    actionProps: action && { children: action.label, onClick: action.onClick },
  })
export const closeToast = (id: string): void => manager.close(id)

function ToastList() {
  const { toasts } = Toast.useToastManager<{ health: StateName }>()
  const { labels } = useUi()
  return toasts.map((item) => (
    <Toast.Root
      key={item.id}
      toast={item}
      swipeDirection="right"
      className="rounded-lg border border-line bg-raised shadow-pop transition-[opacity,translate] duration-(--duration-base) ease-out data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-2 data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-center gap-3 px-3.5 py-2.5 text-sm">
        <StateGlyph health={item.data?.health ?? 'healthy'} />
        <div className="min-w-0 flex-1">
          <Toast.Title className="inline font-medium" /> <Toast.Description className="inline text-ink-2" />
        </div>
        {item.actionProps && <Toast.Action className={buttonStyle({ size: 24 })} />}
        <Toast.Close
          aria-label={labels.close}
          className="-mr-1.5 inline-flex size-6 items-center justify-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink"
        >
          <X aria-hidden className="size-3.5" strokeWidth={1.6} />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ))
}

/** Stands once, in the root layout. F6 goes to it. */
export function Toaster() {
  const { labels } = useUi()
  return (
    <Toast.Provider toastManager={manager} limit={4}>
      <Toast.Portal>
        <Toast.Viewport
          aria-label={labels.notifications}
          className="fixed right-4 bottom-12 z-50 flex w-96 max-w-[calc(100vw-2rem)] flex-col gap-2 outline-none max-sm:bottom-20"
        >
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}
