'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react'
import { cn } from '#components/ui/cn.ts'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { Environment } from '#lib/model/environment.ts'
import type { KindDescription } from '#lib/model/kind.ts'
import type { Sort } from '#lib/model/query.ts'
import type { Row } from '#lib/model/resource.ts'
import type { ArrangedColumn } from './columns.ts'
import { GridHead } from './grid-head.tsx'
import { templateOf } from './grid-template.ts'
import { ListRow, type RowProps } from './row.tsx'
import { PhoneRow } from './phone-row.tsx'
import { isSelected, sizeOf, type Selection } from './selection.ts'
import { useGridHandle, type GridHandle } from './use-grid-handle.ts'
import type { View } from './window.ts'

export interface GridProps {
  ref: Ref<GridHandle>
  label: string
  columns: readonly ArrangedColumn[]
  rows: readonly Row[]
  position: number
  total: number
  rowHeight: number
  phone: boolean
  sort: Sort | null
  selection: Selection<Row>
  current: number
  stale: ReadonlySet<string>
  kindByName: ReadonlyMap<string, KindDescription>
  environmentById: ReadonlyMap<string, Environment>
  /** The group that begins with this row, or null. */
  groupOf(row: Row, before: Row | undefined): ReactNode
  onView(view: View): void
  onSort(field: string): void
  onSelectAll(): void
  /** Null: as wide as it usually is. */
  onResize(name: string, width: number | null): void
  onCurrent(index: number): void
  onSelect(row: Row, range: boolean): void
  onDrawer(row: Row): void
  onLogs(row: Row): void
  onKeyDown(event: KeyboardEvent): void
  onPointer(over: boolean): void
}

const groupHeight = 28
const headHeight = 32

/** The table: as high as the whole list, with only the rows in sight in it. */
export function Grid(props: GridProps) {
  const { columns, rows, position, total, rowHeight, phone, groupOf, onView } = props
  const scroller = useRef<HTMLDivElement>(null)
  const groups = useMemo(() => rows.map((row, i) => groupOf(row, rows[i - 1])), [rows, groupOf])
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rowHeight + (groups[index - position] ? groupHeight : 0),
    overscan: 10,
    scrollPaddingStart: phone ? 0 : headHeight,
    paddingEnd: 56,
    initialRect: { width: 1000, height: 800 },
  })
  // Only headings make rows of other heights; without them a changed row measures nothing anew.
  const headings = groups.flatMap((group, i) => (group ? [position + i] : [])).join(',')
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight, headings])

  const { startIndex, endIndex } = virtualizer.range ?? { startIndex: 0, endIndex: 0 }
  useEffect(() => onView({ first: startIndex, last: endIndex }), [onView, startIndex, endIndex])
  useGridHandle(props.ref, scroller, virtualizer, rowHeight)

  const [dragged, drag] = useState<{ name: string; width: number } | null>(null)
  const template = useMemo(() => templateOf(columns, dragged), [columns, dragged])
  const drawn = useMemo(() => columns.map((one) => one.column), [columns])
  const stuck = columns.filter((one) => one.fixed || one.pinned).length
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={total + 1}
      aria-colcount={columns.length + 2}
      aria-multiselectable
      className="relative min-h-0 flex-1 overflow-auto overscroll-contain min-sm:no-vertical-bar [overflow-anchor:none]"
      onKeyDown={props.onKeyDown}
      onPointerEnter={(event) => event.pointerType === 'mouse' && props.onPointer(true)}
      onPointerLeave={() => props.onPointer(false)}
      style={phone ? undefined : template}
    >
      <div role="presentation" className={cn('relative', !phone && 'min-w-(--least)')}>
        {!phone && (
          <GridHead
            columns={columns}
            stuck={stuck}
            sort={props.sort}
            checked={sizeOf(props.selection) === 0 ? false : props.selection.mode === 'all' ? true : 'some'}
            total={total}
            onSort={props.onSort}
            onSelectAll={props.onSelectAll}
            onDrag={(name, width) => drag({ name, width })}
            onResize={(name, width) => {
              drag(null)
              props.onResize(name, width)
            }}
          />
        )}
        <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start, size }) => {
            const row = rows[index - position]
            const group = groups[index - position]
            return (
              <div
                key={row?.id ?? index}
                role="presentation"
                className="absolute inset-x-0 top-0"
                style={{ height: size, transform: `translateY(${start}px)` }}
              >
                {group && <div className="sticky left-0 flex h-7 items-end px-4 pb-1 text-xs font-medium text-ink-3">{group}</div>}
                <div role="presentation" style={{ height: rowHeight }}>
                  {row ? <GridRow {...props} columns={drawn} stuck={stuck} row={row} index={index} /> : <SkeletonRow index={index} />}
                </div>
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

type GridRowProps = Omit<GridProps, 'columns'> & Pick<RowProps, 'row' | 'index' | 'columns' | 'stuck'>

function GridRow({ row, index, ...props }: GridRowProps) {
  const Part = props.phone ? PhoneRow : ListRow
  return (
    <Part
      row={row}
      index={index}
      columns={props.columns}
      stuck={props.stuck}
      kind={props.kindByName.get(row.kind)}
      environment={props.environmentById.get(row.environment)}
      selected={isSelected(props.selection, row.id)}
      current={index === props.current}
      stale={props.stale.has(row.environment)}
      onCurrent={props.onCurrent}
      onSelect={props.onSelect}
      onDrawer={props.onDrawer}
      onLogs={props.onLogs}
    />
  )
}

const SkeletonRow = ({ index }: { index: number }) => (
  <div aria-hidden className="flex h-full items-center gap-4 border-b border-line px-4">
    <span className="size-2.5 rounded-full bg-line" />
    <Skeleton className={index % 2 ? 'w-16' : 'w-18'} />
    <Skeleton className={index % 3 ? 'w-36' : 'w-28'} />
  </div>
)
