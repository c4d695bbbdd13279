'use client'

import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useConsole } from '#components/shell/console-context.tsx'
import { useDock } from '#components/shell/dock-store.ts'
import { usePageFreshness } from '#components/shell/page-store.ts'
import { Button } from '#components/ui/button.tsx'
import { cn } from '#components/ui/cn.ts'
import type { ResourcePage } from '#lib/model/inventory.ts'
import type { Row } from '#lib/model/resource.ts'
import { ActionHost } from '../actions/action-host.tsx'
import { hrefOf } from '../href.ts'
import { referenceOf } from '../values/read.ts'
import { useWords } from '../words.ts'
import { BulkBar } from './bulk-bar.tsx'
import { Facets } from './facets.tsx'
import { FilterBar } from './filter-bar.tsx'
import { Footer } from './footer.tsx'
import { Grid, type GridHandle } from './grid.tsx'
import { nextSort } from './list-state.ts'
import { ListHead } from './list-head.tsx'
import { Loading } from './loading.tsx'
import { FreshnessBars, ListFailure, Nothing } from './notices.tsx'
import { sizeOf } from './selection.ts'
import { rowHeights, Toolbar } from './toolbar.tsx'
import { useFields } from './use-fields.ts'
import { useGroups } from './use-groups.tsx'
import { useListKeys } from './use-list-keys.ts'
import { useListState } from './use-list-state.ts'
import { useMedia } from './use-media.ts'
import { useSelectable, useSelection } from './use-selection.ts'
import { useView, type ListTarget } from './use-view.ts'
import { useWindow } from './use-window.ts'
import type { View } from './window.ts'

// Loaded when they are first opened.
const Drawer = dynamic(() => import('#components/ui/drawer.tsx').then((module) => module.Drawer), { ssr: false })
const ResourceDrawer = dynamic(() => import('../detail/resource-drawer.tsx').then((module) => module.ResourceDrawer), { ssr: false })

export interface ResourceListProps {
  target: ListTarget
  title: string
  /** The first window, rendered on the server for the address of that request. */
  initial: ResourcePage | undefined
}

export function ResourceList({ target, title, initial }: ResourceListProps) {
  const { kindByName, environmentById } = useConsole()
  const t = useTranslations('resources.list')
  const words = useWords()
  const router = useRouter()
  const openLogs = useDock((dock) => dock.openLogs)
  const fleet = 'category' in target
  const url = useListState()
  const { state, change } = url
  const { name, kinds, columns, usual, arranged, shown, query, density, setDensity, choose } = useView(target, state)
  const phone = useMedia('(max-width: 599px)')
  const rowHeight = phone ? 60 : rowHeights[density]

  const grid = useRef<GridHandle>(null)
  const input = useRef<HTMLInputElement>(null)
  const { clear, all, ...selectable } = useSelection(query)
  const [pointed, point] = useState(false)
  const [current, setCurrent] = useState(0)
  const [seen, see] = useState<View>({ first: 0, last: 0 })
  const [facetsOpen, openFacets] = useState(false)

  const selecting = sizeOf(selectable.selection) > 0
  const list = useWindow(query, {
    initial,
    frozen: selecting || pointed,
    onShift: (rows) => {
      grid.current?.shift(rows)
      setCurrent((index) => index + rows)
    },
  })
  const { rows = [], position, total, head, look, error } = list
  const { fresh, onSelect } = useSelectable(selectable, rows)
  const stale = useMemo(
    () => new Set(head?.environments.filter((e) => e.state === 'stale' || e.state === 'paused').map((e) => e.id)),
    [head],
  )
  usePageFreshness(list.state === 'reconnecting' ? { state: 'silent', at: list.at } : null)

  const things = words.kind(kinds[0] ?? { name, singular: name, plural: name })
  const { fields, sayValue, sayFilter } = useFields(columns, environmentById)
  const groupOf = useGroups(state.group, columns, sayValue)

  const onView = useCallback(
    (next: View) => {
      see(next)
      look(next)
    },
    [look],
  )
  const onDrawer = useCallback((row: Row) => change({ open: referenceOf(row) }), [change])
  const onLogs = useCallback(
    (row: Row) => {
      if (kindByName.get(row.kind)?.streams.includes('logs'))
        openLogs({ environment: row.environment, kind: row.kind, key: row.key }, row.name)
    },
    [kindByName, openLogs],
  )
  const onKeyDown = useListKeys({
    current,
    total,
    rowAt: (index) => rows[index - position],
    move: (index) => {
      setCurrent(index)
      grid.current?.focus(index)
      const row = rows[index - position]
      if (state.open && row) onDrawer(row)
    },
    onSelect,
    onDrawer,
    onLogs,
    onOpen: (row) => router.push(hrefOf(referenceOf(row))),
    onFilter: () => input.current?.focus(),
    onClear: selecting ? clear : state.open ? () => change({ open: null }) : undefined,
  })

  const facets = (
    <Facets
      query={query}
      columns={columns}
      filters={state.filters}
      environments={environmentById}
      onFilters={(filters) => change({ filters })}
    />
  )
  const failed = error && !list.rows
  return (
    <div className={cn('relative flex min-h-0 flex-1 flex-col', state.open && 'lg:pr-drawer')}>
      <ListHead
        title={title}
        total={head ? total : undefined}
        head={head}
        state={list.state}
        waiting={list.waiting}
        held={selecting ? 'selection' : null}
        onWaiting={() => {
          clear()
          point(false)
          grid.current?.toTop()
          list.toTop()
        }}
      />
      <div className="flex min-h-11 flex-none items-center gap-2 border-b border-line px-4 py-2 max-sm:px-3">
        <FilterBar
          fields={fields}
          sayValue={sayValue}
          filters={state.filters}
          sort={state.group ? null : state.sort}
          typed={url.typed}
          things={things}
          inputRef={input}
          onType={url.type}
          onFilters={(filters) => change({ filters })}
          onSort={(sort) => change({ sort })}
          onLeave={() => grid.current?.focus(current)}
        />
        <Toolbar
          query={query}
          total={total}
          arranged={arranged}
          group={state.group}
          density={density}
          filterCount={state.filters.length}
          onGroup={(group) => change({ group })}
          onColumns={choose}
          onDensity={setDensity}
          onFacets={() => openFacets(true)}
        />
      </div>
      {head && <FreshnessBars environments={head.environments} />}
      <div className="flex min-h-0 flex-1">
        <aside aria-label={t('facets')} className="w-48 flex-none overflow-y-auto border-r border-line max-lg:hidden">
          {!failed && facets}
        </aside>
        <div className="relative flex min-w-0 flex-1 flex-col">
          {failed ? (
            <ListFailure error={error} things={things} onRetry={() => router.refresh()} />
          ) : !list.rows ? (
            <Loading whom={fleet ? 'Portolan' : (environmentById.get(target.environment)?.name ?? 'Portolan')} />
          ) : total === 0 && head ? (
            <div className="min-h-0 flex-1 overflow-y-auto">
              <Nothing
                head={head}
                things={things}
                environment={fleet ? null : (environmentById.get(target.environment)?.name ?? null)}
                filters={state.filters}
                text={state.text}
                sayFilter={sayFilter}
                onFilters={(filters) => change({ filters })}
                onText={url.type}
              />
            </div>
          ) : (
            <Grid
              ref={grid}
              label={title}
              columns={shown}
              rows={rows}
              position={position}
              total={total}
              rowHeight={rowHeight}
              phone={phone}
              sort={query.sort}
              selection={fresh}
              current={current}
              stale={stale}
              kindByName={kindByName}
              environmentById={environmentById}
              groupOf={groupOf}
              onView={onView}
              onSort={(field) => change({ sort: nextSort(state.sort, field, usual), group: null })}
              onSelectAll={() => all(total)}
              onCurrent={setCurrent}
              onSelect={onSelect}
              onDrawer={onDrawer}
              onLogs={onLogs}
              onKeyDown={onKeyDown}
              onPointer={point}
            />
          )}
          <BulkBar selection={fresh} kinds={kinds} query={query} onClear={clear} />
          <Footer
            view={seen}
            total={total}
            head={head}
            held={selecting ? 'selection' : pointed && list.waiting > 0 ? 'pointer' : null}
            hasLogs={kinds.some((kind) => kind.streams.includes('logs'))}
          />
        </div>
      </div>
      {facetsOpen && (
        <Drawer open onOpenChange={openFacets} label={t('facets')} head={<h2 className="text-base font-semibold">{t('filters')}</h2>}>
          {facets}
          <div className="sticky bottom-0 border-t border-line bg-surface p-3">
            <Button variant="primary" size={36} className="w-full" onClick={() => openFacets(false)}>
              {t('facetsShow', { count: total })}
            </Button>
          </div>
        </Drawer>
      )}
      {state.open && <ResourceDrawer reference={state.open} onClose={() => change({ open: null })} />}
      <ActionHost />
    </div>
  )
}
