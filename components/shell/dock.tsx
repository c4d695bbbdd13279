'use client'

import { ChevronDown, ChevronUp, Maximize2, Minimize2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { cn } from '#components/ui/cn.ts'
import { IconButton } from '#components/ui/icon-button.tsx'
import { useDock, type DockTab } from './dock-store.ts'
import { FleetAge } from './fleet-age.tsx'
import { PartBoundary } from './part-boundary.tsx'

// Loaded with the first thing that is put into it.
const DockEdge = dynamic(() => import('./dock-tabs.tsx').then((module) => module.DockEdge), { ssr: false })
const DockTabs = dynamic(() => import('./dock-tabs.tsx').then((module) => module.DockTabs), {
  ssr: false,
  loading: () => <span className="flex-1" />,
})
const LogsTab = dynamic(() => import('#components/dock/logs-tab.tsx').then((module) => module.LogsTab), { ssr: false })

const TerminalTab = dynamic(() => import('#components/dock/terminal/terminal-tab.tsx').then((module) => module.TerminalTab), { ssr: false })
const HeldTerminals = dynamic(() => import('#components/dock/terminal/held-terminals.tsx').then((module) => module.HeldTerminals), {
  ssr: false,
})

const keyStep = 40
/** With the line above it. */
const closedHeight = 'calc(var(--spacing-dock) + 1px)'

/** At the foot of every page: 28 px closed, and open as high as somebody drew it. On a phone it is a sheet over all. */
export function Dock() {
  const t = useTranslations('shell.dock')
  const { tabs, current, open, height, setOpen } = useDock()
  const [whole, setWhole] = useState(false)
  // What this tab of the browser had open is read after the first render, which is the server's.
  useEffect(() => void useDock.persist.rehydrate(), [])
  useDockKeys()
  const drawnHeight = whole ? '70vh' : `min(${height}px, 70vh)`
  useEffect(() => tellHeight(open ? drawnHeight : closedHeight), [open, drawnHeight])
  const Chevron = open ? ChevronDown : ChevronUp
  const front = tabs.find((tab) => tab.id === current)
  return (
    <section
      aria-label={t('title')}
      className={cn(
        'relative flex flex-none flex-col border-t border-line bg-surface print:hidden',
        open ? 'border-line-strong max-sm:fixed max-sm:inset-0 max-sm:z-35 max-sm:h-dvh!' : 'max-sm:hidden',
      )}
      style={{ height: open ? drawnHeight : undefined }}
    >
      {open && !whole && <DockEdge />}
      <div
        className={cn('flex flex-none items-stretch bg-rail text-xs text-ink-3', open ? 'h-8 border-b border-line max-sm:h-12' : 'h-dock')}
      >
        {!open && (
          <button
            type="button"
            aria-expanded={false}
            className="inline-flex cursor-default items-center gap-1.5 px-3 text-ink-2 hover:text-ink"
            title={tabs.length === 0 ? t('empty') : undefined}
            onClick={() => setOpen(true)}
          >
            <Chevron aria-hidden className="size-3" strokeWidth={1.6} />
            {t('title')}
          </button>
        )}
        {tabs.length > 0 ? <DockTabs tabs={tabs} current={open ? current : null} /> : <span className="flex-1" />}
        <span className="flex flex-none items-center gap-1 pr-3">
          <FleetAge className="max-lg:hidden" />
          {open && (
            <>
              <IconButton
                size={24}
                icon={whole ? Minimize2 : Maximize2}
                label={t('resize')}
                aria-pressed={whole}
                className="ml-3 max-sm:hidden"
                onClick={() => setWhole(!whole)}
              />
              <IconButton size={24} icon={Chevron} label={t('close')} className="max-sm:size-11" onClick={() => setOpen(false)} />
            </>
          )}
        </span>
      </div>
      {open && front && <DockPanel key={front.id} tab={front} />}
      {tabs.some((tab) => tab.type === 'terminal' && tab.terminal !== null) && (
        <PartBoundary>
          <HeldTerminals />
        </PartBoundary>
      )}
    </section>
  )
}

/** What stands at the right edge of the window ends above the dock. */
const tellHeight = (height: string) => document.documentElement.style.setProperty('--dock-height', height)

const DockPanel = ({ tab }: { tab: DockTab }) => (
  <div className="flex min-h-0 flex-1 flex-col">
    <PartBoundary className="m-3">{tab.type === 'logs' ? <LogsTab tab={tab} /> : <TerminalTab tab={tab} />}</PartBoundary>
  </div>
)

/** Ctrl-` opens and closes, Ctrl-↑ and Ctrl-↓ make it higher and lower. */
function useDockKeys(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!event.ctrlKey || event.metaKey || event.altKey) return
      const { open, height, setOpen, setHeight } = useDock.getState()
      if (event.key === '`') setOpen(!open)
      else if (open && event.key === 'ArrowUp') setHeight(height + keyStep)
      else if (open && event.key === 'ArrowDown') setHeight(height - keyStep)
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}
