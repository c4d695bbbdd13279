'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useImperativeHandle, useMemo, useRef, type KeyboardEvent, type ReactNode, type Ref } from 'react'
import { cn } from '#components/ui/cn.ts'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { Environment } from '#lib/model/environment.ts'
import type { Column, KindDescription } from '#lib/model/kind.ts'
import type { Sort } from '#lib/model/query.ts'
import type { Row } from '#lib/model/resource.ts'
import { leastWidthOf, trackOf } from '../values/read.ts'
import { GridHead } from './grid-head.tsx'
import { ListRow } from './row.tsx'
import { PhoneRow } from './phone-row.tsx'
import { isSelected, sizeOf, type Selection } from './selection.ts'
import type { View } from './window.ts'

export interface GridHandle {
  /** Scrolls by so many rows without anybody seeing it. */
  shift(rows: number): void
  toTop(): void
  /** Puts the keys on the row with this index. */
  focus(index: number): void
}

export interface GridProps {
  ref: Ref<GridHandle>
  label: string
  columns: readonly Column[]
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
  onCurrent(index: number): void
  onSelect(row: Row, range: boolean): void
  onDrawer(row: Row): void
  onLogs(row: Row): void
  onKeyDown(event: KeyboardEvent): void
  onPointer(over: boolean): void
}

/** The column of tick boxes. */
const boxWidth = 44
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

  const template = useMemo(() => templateOf(columns), [columns])
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={total + 1}
      aria-colcount={columns.length + 2}
      aria-multiselectable
      className="relative min-h-0 flex-1 overflow-auto overscroll-contain [overflow-anchor:none]"
      onKeyDown={props.onKeyDown}
      onPointerEnter={(event) => event.pointerType === 'mouse' && props.onPointer(true)}
      onPointerLeave={() => props.onPointer(false)}
      style={phone ? undefined : template.style}
    >
      <div role="presentation" className={cn('relative', !phone && 'min-w-(--least)')}>
        {!phone && (
          <GridHead
            columns={columns}
            sort={props.sort}
            checked={sizeOf(props.selection) === 0 ? false : props.selection.mode === 'all' ? true : 'some'}
            total={total}
            onSort={props.onSort}
            onSelectAll={props.onSelectAll}
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
                  {row ? <GridRow {...props} row={row} index={index} /> : <SkeletonRow index={index} />}
                </div>
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

function GridRow({ row, index, ...props }: GridProps & { row: Row; index: number }) {
  const Part = props.phone ? PhoneRow : ListRow
  return (
    <Part
      row={row}
      index={index}
      columns={props.columns}
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

/** Tick box, the columns, the actions of a row; and the width below which the table scrolls sideways. */
function templateOf(columns: readonly Column[]) {
  const least = columns.reduce((sum, column) => sum + leastWidthOf(column), boxWidth)
  return {
    style: {
      '--columns': `${boxWidth}px ${columns.map(trackOf).join(' ')} 0px`,
      '--name-left': `${boxWidth + (columns[0] ? leastWidthOf(columns[0]) : 0)}px`,
      '--least': `${least}px`,
    } as React.CSSProperties,
  }
}

function useGridHandle(
  ref: Ref<GridHandle>,
  scroller: React.RefObject<HTMLDivElement | null>,
  virtualizer: { scrollToIndex(index: number): void },
  rowHeight: number,
): void {
  // The row that waits for the focus: one far away is drawn, and its data come, only after the key.
  const wanted = useRef<{ index: number; from: Element | null } | null>(null)
  const take = useCallback(() => {
    if (!wanted.current) return
    const { index, from } = wanted.current
    const { activeElement: now } = document
    const row = scroller.current?.querySelector<HTMLElement>(`[data-row][aria-rowindex="${index + 2}"]`)
    // Whoever went elsewhere meanwhile is not called back. A row that was scrolled away left the focus to the page.
    const stayed = now === from || now === document.body
    if (row || !stayed) wanted.current = null
    if (stayed) row?.focus({ preventScroll: true })
  }, [scroller])
  useEffect(take)
  const focus = useCallback(
    (index: number) => {
      wanted.current = { index, from: document.activeElement }
      virtualizer.scrollToIndex(index)
      // At once when it is drawn: the next key must not find the focus where it was.
      take()
    },
    [virtualizer, take],
  )
  useImperativeHandle(
    ref,
    () => ({
      shift: (rows) => scroller.current?.scrollBy({ top: rows * rowHeight, behavior: 'instant' }),
      toTop: () => scroller.current?.scrollTo({ top: 0 }),
      focus,
    }),
    [scroller, rowHeight, focus],
  )
}
