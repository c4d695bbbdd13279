'use client'

import { ScrollText, SquareTerminal, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { cn } from '#components/ui/cn.ts'
import { Flag } from '#components/ui/flag.tsx'
import { useConsole } from './console-context.tsx'
import { useDock, type DockTab } from './dock-store.ts'

export { DockEdge } from './dock-edge.tsx'

/** What is in the dock, a head each. */
export function DockTabs({ tabs, current }: { tabs: DockTab[]; current: string | null }) {
  const t = useTranslations('shell.dock')
  return (
    <ul aria-label={t('tabs')} className="flex min-w-0 flex-1 overflow-x-auto">
      {tabs.map((tab) => (
        <DockTabHead key={tab.id} tab={tab} front={tab.id === current} />
      ))}
    </ul>
  )
}

function DockTabHead({ tab, front }: { tab: DockTab; front: boolean }) {
  const t = useTranslations('shell.dock')
  const { environmentById } = useConsole()
  const show = useDock((dock) => dock.show)
  const close = useDock((dock) => dock.close)
  const environment = environmentById.get(tab.reference.environment)
  const Icon = tab.type === 'logs' ? ScrollText : SquareTerminal
  return (
    <li
      className={cn(
        'relative flex flex-none items-center border-r border-line text-ink-2',
        front && 'bg-surface font-medium text-ink before:absolute before:inset-x-0 before:top-0 before:h-0.5 before:bg-ink',
      )}
    >
      <button
        type="button"
        aria-current={front || undefined}
        aria-label={t(tab.type === 'logs' ? 'logsOf' : 'shellIn', { name: tab.title })}
        className="flex h-full max-w-64 cursor-default items-center gap-2 pl-3 hover:text-ink focus-visible:-outline-offset-2"
        onClick={() => show(tab.id)}
        onKeyDown={(event) => event.key === 'Delete' && close(tab.id)}
      >
        <Icon aria-hidden className="size-3.5 flex-none text-ink-3" strokeWidth={1.6} />
        <span className="truncate">{tab.title}</span>
        {environment && <Flag flag={environment.flag} size={13} quiet />}
      </button>
      <button
        type="button"
        aria-label={t('closeTab', { name: tab.title })}
        className="mx-1 inline-flex size-6 items-center max-sm:size-11 justify-center rounded-sm text-ink-3 hover:text-ink"
        onClick={() => close(tab.id)}
      >
        <X aria-hidden className="size-3" strokeWidth={1.6} />
      </button>
    </li>
  )
}
