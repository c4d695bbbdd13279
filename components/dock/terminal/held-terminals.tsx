'use client'

import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { useDock } from '#components/shell/dock-store.ts'
import { terminalView } from './terminal-views.ts'

/** Keeps every terminal of the dock connected, also after a reload and behind another tab: one that nobody looks at ends. */
export function HeldTerminals() {
  const t = useTranslations('dock.terminal')
  const tabs = useDock((dock) => dock.tabs)
  useEffect(() => {
    for (const tab of tabs) if (tab.type === 'terminal' && tab.terminal) terminalView(tab.terminal, t('in', { name: tab.title }))
  }, [tabs, t])
  return null
}
