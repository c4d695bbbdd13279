'use client'

import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useConsole } from '#components/shell/console-context.tsx'
import { Grid } from './grid.tsx'
import { nextSort } from './list-state.ts'
import { Loading } from './loading.tsx'
import { OverviewRuler } from './overview-ruler.tsx'
import { rowHeights } from './toolbar.tsx'
import { useMedia } from './use-media.ts'
import type { ResourceListModel, RowActions } from './use-resource-list.ts'

// Most lists have rows: what stands in their place is loaded when there are none.
const Nothing = dynamic(() => import('./notices.tsx').then((module) => module.Nothing))
const ListFailure = dynamic(() => import('./notices.tsx').then((module) => module.ListFailure))

interface ListBodyProps {
  model: ResourceListModel
  actions: RowActions
  title: string
  /** The name of the one environment whose list it is; null for all of them. */
  place: string | null
}

/** The rows; or why there are none. */
export function ListBody({ model, actions, title, place }: ListBodyProps) {
  const router = useRouter()
  const { list, head, total, things, state, change } = model
  if (list.error && !list.rows) return <ListFailure error={list.error} things={things} onRetry={() => router.refresh()} />
  if (!list.rows) return <Loading whom={place ?? 'Portolan'} />
  if (total > 0 || !head) return <Rows model={model} actions={actions} title={title} />
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <Nothing
        head={head}
        kinds={model.kinds}
        things={things}
        environment={place}
        filters={state.filters}
        text={state.text}
        sayFilter={model.sayFilter}
        onFilters={(filters) => change({ filters })}
        onText={model.type}
      />
    </div>
  )
}

function Rows({ model, actions, title }: Omit<ListBodyProps, 'place'>) {
  const { kindByName, environmentById } = useConsole()
  const { list, total, seen, state, change, grid } = model
  const phone = useMedia('(max-width: 599px)')
  // What is in sight as a whole needs no overview.
  const ruled = !phone && seen !== null && seen.last - seen.first + 1 < total
  const marked = model.columns.some(({ type }) => type === 'health')
  const jump = (index: number, meant: boolean) => {
    if (meant) model.setCurrent(index)
    grid.current?.jump(index)
  }
  return (
    <div className="flex min-h-0 flex-1">
      <Grid
        ref={grid}
        label={title}
        columns={model.shown}
        rows={model.rows}
        position={list.position}
        total={total}
        rowHeight={phone ? 60 : rowHeights[model.density]}
        phone={phone}
        sort={model.query.sort}
        selection={model.selection}
        current={model.current}
        stale={model.stale}
        kindByName={kindByName}
        environmentById={environmentById}
        groupOf={model.groupOf}
        onView={model.onView}
        onSort={(field) => change({ sort: nextSort(state.sort, field, model.usual), group: null })}
        onSelectAll={model.onSelectAll}
        onResize={model.onResize}
        onCurrent={model.setCurrent}
        onSelect={model.onSelect}
        onPointer={model.point}
        {...actions}
      />
      {ruled && <OverviewRuler query={model.query} marked={marked} view={seen} total={total} onJump={jump} />}
    </div>
  )
}
