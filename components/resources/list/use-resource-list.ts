'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useConsole } from '#components/shell/console-context.tsx'
import { useDock } from '#components/shell/dock-store.ts'
import { usePageFreshness } from '#components/shell/page-store.ts'
import type { ResourcePage } from '#lib/model/inventory.ts'
import type { Row } from '#lib/model/resource.ts'
import { hrefOf } from '../href.ts'
import { useShell } from '../use-shell.ts'
import { referenceOf } from '../values/read.ts'
import { useWords } from '../words.ts'
import { sizeOf } from './selection.ts'
import { useFields } from './use-fields.ts'
import type { GridHandle } from './use-grid-handle.ts'
import { useGroups } from './use-groups.tsx'
import { useListKeys } from './use-list-keys.ts'
import { useListState } from './use-list-state.ts'
import { useSelectable, useSelection } from './use-selection.ts'
import { useView, type ListTarget } from './use-view.ts'
import { useWindow } from './use-window.ts'
import type { View } from './window.ts'

/** Everything that the parts of a list share: what its address asks, the rows at hand, what is in sight, current and selected. */
export function useResourceList(target: ListTarget, initial: ResourcePage | undefined) {
  const { environmentById } = useConsole()
  const words = useWords()
  const url = useListState()
  const view = useView(target, url.state)
  const grid = useRef<GridHandle>(null)
  const input = useRef<HTMLInputElement>(null)
  const { clear, all, ...selectable } = useSelection(view.query)
  const [pointed, point] = useState(false)
  const [current, setCurrent] = useState(0)
  // Null until the screen was measured: the server does not know how many rows are in sight.
  const [seen, see] = useState<View | null>(null)

  const selecting = sizeOf(selectable.selection) > 0
  const list = useWindow(view.query, {
    initial,
    frozen: selecting || pointed,
    onShift: (rows) => {
      grid.current?.shift(rows)
      setCurrent((index) => index + rows)
    },
  })
  const { rows = [], head, look, total } = list
  const { fresh, onSelect } = useSelectable(selectable, rows)
  usePageFreshness(list.state === 'reconnecting' ? { state: 'silent', at: list.at } : selecting ? { state: 'held' } : null)

  const stale = useMemo(
    () => new Set(head?.environments.filter((e) => e.state === 'stale' || e.state === 'paused').map((e) => e.id)),
    [head],
  )
  const said = useFields(view.columns, environmentById)
  const first = view.kinds[0] ?? { name: view.name, singular: view.name, plural: view.name }
  const onView = useCallback(
    (next: View) => {
      see(next)
      look(next)
    },
    [look],
  )
  const held: 'selection' | 'pointer' | null = selecting ? 'selection' : pointed && list.waiting > 0 ? 'pointer' : null
  return {
    ...url,
    ...view,
    ...said,
    list,
    rows,
    head,
    total,
    stale,
    seen,
    onView,
    held,
    point,
    grid,
    input,
    current,
    setCurrent,
    selection: fresh,
    selecting,
    onSelect,
    clear,
    things: words.kind(first),
    groupOf: useGroups(url.state.group, view.columns, said.sayValue),
    onSelectAll: () => all(total),
  }
}
export type ResourceListModel = ReturnType<typeof useResourceList>

/** What a row can be asked for: its drawer, its logs, its page; and the keys that do so. */
export function useRowActions(model: ResourceListModel) {
  const { kindByName } = useConsole()
  const router = useRouter()
  const openLogs = useDock((dock) => dock.openLogs)
  const shellOf = useShell()
  const { state, change, rows, list, grid } = model
  const onDrawer = useCallback((row: Row) => change({ open: referenceOf(row) }), [change])
  const onLogs = useCallback(
    (row: Row) => {
      if (kindByName.get(row.kind)?.streams.includes('logs'))
        openLogs({ environment: row.environment, kind: row.kind, key: row.key }, row.name)
    },
    [kindByName, openLogs],
  )
  const onKeyDown = useListKeys({
    current: model.current,
    total: model.total,
    rowAt: (index) => rows[index - list.position],
    move: (index) => {
      model.setCurrent(index)
      grid.current?.focus(index)
      const row = rows[index - list.position]
      if (state.open && row) onDrawer(row)
    },
    onSelect: model.onSelect,
    onDrawer,
    onLogs,
    onShell: (row) => {
      const shell = shellOf(row, kindByName.get(row.kind))
      if (shell && !shell.disabledReason) shell.open()
    },
    onOpen: (row) => router.push(hrefOf(referenceOf(row))),
    onFilter: () => model.input.current?.focus(),
    onClear: model.selecting ? model.clear : state.open ? () => change({ open: null }) : undefined,
  })
  return { onDrawer, onLogs, onKeyDown }
}
export type RowActions = ReturnType<typeof useRowActions>
