'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useSyncExternalStore, type KeyboardEvent } from 'react'
import { useShortcuts, type Shortcut } from '#components/shell/shortcuts.ts'
import type { Row } from '#lib/model/resource.ts'

interface ListKeys {
  /** The row that the keys are on. */
  current: number
  total: number
  rowAt(index: number): Row | undefined
  move(index: number): void
  onSelect(row: Row, range: boolean): void
  onDrawer(row: Row): void
  onLogs(row: Row): void
  /** Does nothing where none can be opened. */
  onShell(row: Row): void
  onOpen(row: Row): void
  onFilter(): void
  /** What Escape lets go of now, if anything. */
  onClear: (() => void) | undefined
}

const page = 15
const none: Shortcut[] = []
const never = () => () => undefined

/** Letters work anywhere on the page; arrows, Enter and Escape while the focus is in the table. Answers its handler. */
export function useListKeys(keys: ListKeys): (event: KeyboardEvent) => void {
  const t = useTranslations('resources.list.keys')
  const { current, total, onClear } = keys
  const to = (index: number) => keys.move(Math.max(0, Math.min(total - 1, index)))
  const withRow = (act: (row: Row) => void) => () => {
    const row = keys.rowAt(current)
    if (row) act(row)
  }
  // Registered after the shell's own keys, whose effects run later than a page's: `/` is the page's where it has a filter.
  const registered = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  const shortcuts: Shortcut[] = [
    { keys: 'j', label: t('next'), run: () => to(current + 1) },
    { keys: 'k', label: t('previous'), run: () => to(current - 1) },
    { keys: 'x', label: t('select'), run: withRow((row) => keys.onSelect(row, false)) },
    { keys: 'X', label: t('selectRange'), run: withRow((row) => keys.onSelect(row, true)) },
    { keys: 'o', label: t('drawer'), run: withRow(keys.onDrawer) },
    { keys: 'l', label: t('logs'), run: withRow(keys.onLogs) },
    { keys: 's', label: t('shell'), run: withRow(keys.onShell) },
    { keys: '/', label: t('filter'), run: keys.onFilter },
    // Heard by the table and by the page, below.
    { keys: 'Enter', label: t('open') },
    { keys: 'Escape', label: t('clear') },
  ]
  useShortcuts(registered ? shortcuts : none)
  // Escape lets go wherever the focus is, unless something in front of the page took it.
  useEffect(() => {
    if (!onClear) return
    const listen = (event: globalThis.KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) onClear()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [onClear])

  const moves: Record<string, number> = {
    ArrowDown: current + 1,
    ArrowUp: current - 1,
    PageDown: current + page,
    PageUp: current - page,
    Home: 0,
    End: total - 1,
  }
  return (event) => {
    const onRow = event.target instanceof HTMLElement && event.target.role === 'row'
    const next = moves[event.key]
    if (next !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault()
      if (event.shiftKey) withRow((row) => keys.onSelect(row, true))()
      to(next)
    } else if (event.key === 'Enter' && onRow) {
      event.preventDefault()
      withRow(keys.onOpen)()
    } else if (event.key === ' ' && onRow) {
      event.preventDefault()
      withRow((row) => keys.onSelect(row, event.shiftKey))()
    }
  }
}
