'use client'

import { Clipboard, Copy, Eye, Plus, SlidersHorizontal } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { Ref } from 'react'
import { Freshness } from '#components/ui/freshness.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { Menu, MenuCheck, MenuItem, MenuSeparator } from '#components/ui/menu.tsx'
import type { TerminalState, TerminalView } from './terminal-view.ts'

interface TerminalToolbarProps {
  ref: Ref<HTMLDivElement>
  view: TerminalView
  state: TerminalState
  /** Lines are told to screen readers. */
  isRead: boolean
  onRead(on: boolean): void
  onAnother(): void
}

/** Who looks, how it is connected, and what else can be done. */
export function TerminalToolbar({ ref, view, state, isRead, onRead, onAnother }: TerminalToolbarProps) {
  const t = useTranslations('dock.terminal')
  const { people, types, channel, ended } = state
  const paste = async () => {
    if ('clipboard' in navigator) view.paste(await navigator.clipboard.readText().catch(() => ''))
    view.terminal.focus()
  }
  return (
    <div ref={ref} className="flex flex-none items-center gap-2 border-b border-line px-4 py-1 text-xs text-ink-3 max-sm:px-3">
      <ul aria-label={t('people')} className="flex min-w-0 flex-1 items-center gap-3 overflow-hidden">
        {byName(people).map(({ name, count, types: theyType }) => (
          <li key={`${name}${theyType}`} className="flex min-w-0 items-center gap-1 text-ink-2">
            {!theyType && <Eye aria-hidden className="size-3.5 flex-none text-ink-3" strokeWidth={1.6} />}
            <span className="truncate">{t(theyType ? 'types' : 'watches', { name })}</span>
            {count > 1 && <span className="text-ink-3 tabular-nums">×{count}</span>}
          </li>
        ))}
      </ul>
      {types === false && !ended && <span className="flex-none max-sm:hidden">{t('readOnly')}</span>}
      <Freshness state={ended ? 'polled' : channel === 'live' ? 'live' : channel === 'connecting' ? 'polled' : 'silent'}>
        {t(ended ? 'state.ended' : `state.${channel}`)}
      </Freshness>
      <Menu align="end" trigger={<IconButton size={24} icon={SlidersHorizontal} label={t('more')} />}>
        <MenuItem icon={Copy} aside="Ctrl ⇧ C" onSelect={() => view.copy()}>
          {t('copy')}
        </MenuItem>
        {types && (
          <MenuItem icon={Clipboard} aside="Ctrl ⇧ V" onSelect={() => void paste()}>
            {t('paste')}
          </MenuItem>
        )}
        <MenuCheck checked={isRead} onChange={onRead}>
          {t('screenReader')}
        </MenuCheck>
        <MenuSeparator />
        <MenuItem icon={Plus} onSelect={onAnother}>
          {t('another')}
        </MenuItem>
        <p className="max-w-60 px-2 pt-1 pb-1.5 text-xs text-ink-3">{t('leave')}</p>
      </Menu>
    </div>
  )
}

/** Each person once, however many tabs they have. */
function byName(people: TerminalState['people']): { name: string; types: boolean; count: number }[] {
  const found = new Map<string, { name: string; types: boolean; count: number }>()
  for (const { userId, name, types } of people) found.set(userId, { name, types, count: (found.get(userId)?.count ?? 0) + 1 })
  return [...found.values()]
}
