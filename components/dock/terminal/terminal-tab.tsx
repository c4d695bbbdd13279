'use client'

import '@xterm/xterm/css/xterm.css'
import { useTranslations } from 'next-intl'
import { useEffect, useId, useRef, useState, useSyncExternalStore } from 'react'
import { useConsole } from '#components/shell/console-context.tsx'
import { useDock, type TerminalTab as Tab } from '#components/shell/dock-store.ts'
import { TerminalKeys } from './terminal-keys.tsx'
import { TerminalNotices } from './terminal-notices.tsx'
import { TerminalStart } from './terminal-start.tsx'
import { TerminalToolbar } from './terminal-toolbar.tsx'
import { terminalView } from './terminal-views.ts'

/** A terminal in the dock, or the question what to open. In a protected environment its colour stands above it. */
export function TerminalTab({ tab }: { tab: Tab }) {
  const { environmentById } = useConsole()
  const environment = environmentById.get(tab.reference.environment)
  return (
    <div
      className="flex min-h-0 flex-1 flex-col"
      style={environment?.protected ? { borderTop: `2px solid var(--color-env-${environment.flag.hue})` } : undefined}
    >
      {tab.terminal ? <OpenTerminal key={tab.terminal} tab={tab} id={tab.terminal} /> : <TerminalStart tab={tab} />}
    </div>
  )
}

function OpenTerminal({ tab, id }: { tab: Tab; id: string }) {
  const t = useTranslations('dock.terminal')
  const setTerminal = useDock((dock) => dock.setTerminal)
  const [view] = useState(() => terminalView(id, t('in', { name: tab.title })))
  const state = useSyncExternalStore(view.subscribe, () => view.state)
  const [isRead, setIsRead] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const toolbar = useRef<HTMLDivElement>(null)
  const hintId = useId()
  useEffect(() => {
    const unmount = view.mount(place.current!)
    view.onLeave = () => toolbar.current?.querySelector<HTMLElement>('button')?.focus()
    view.terminal.focus()
    return unmount
  }, [view])
  const openAgain = (atOnce: boolean) => setTerminal(tab.id, null, atOnce)
  return (
    <>
      <TerminalToolbar
        ref={toolbar}
        view={view}
        state={state}
        isRead={isRead}
        onRead={(on) => {
          view.terminal.options.screenReaderMode = on
          setIsRead(on)
        }}
        onAnother={() => useDock.getState().openShell({ reference: tab.reference, title: tab.title, uid: tab.uid, atOnce: false })}
      />
      <TerminalNotices view={view} state={state} canReopen={tab.uid !== ''} onReopen={openAgain} />
      <div className="min-h-0 flex-1 overflow-auto overscroll-contain bg-sunken py-1.5 pl-3 max-sm:pl-2">
        <div ref={place} role="group" aria-label={t('in', { name: tab.title })} aria-describedby={hintId} className="h-full w-full" />
      </div>
      <p id={hintId} className="sr-only">
        {t('leave')}
      </p>
      {state.types && !state.ended && <TerminalKeys view={view} />}
    </>
  )
}
