'use client'

import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { useEffect } from 'react'
import { buttonStyle } from './button-style.ts'
import { useUi } from './provider.tsx'
import { StateGlyph, type StateName } from './state-glyph.tsx'
import { attachToasts, type Said } from './toaster.tsx'

const manager = Toast.createToastManager<{ health: StateName }>()

const show = ({ health = 'healthy', action, timeout, ...rest }: Said): void => {
  manager.add({
    ...rest,
    data: { health },
    timeout: timeout ?? (action ? 10_000 : 6_000),
    priority: health === 'failing' ? 'high' : 'low',
    actionProps: action && { children: action.label, onClick: action.onClick },
  })
}

function Toasts() {
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
        <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
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

/** F6 goes to it. */
export function ToastList() {
  const { labels } = useUi()
  // Runs after the provider's own effect, which begins to listen to the manager.
  useEffect(() => attachToasts({ show, close: (id) => manager.close(id) }), [])
  return (
    <Toast.Provider toastManager={manager} limit={4}>
      <Toast.Portal>
        <Toast.Viewport
          aria-label={labels.notifications}
          className="fixed right-4 bottom-12 z-50 flex w-96 max-w-[calc(100vw-2rem)] flex-col gap-2 outline-none max-sm:bottom-20"
        >
          <Toasts />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}
