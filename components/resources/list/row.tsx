'use client'

import { Ellipsis, PanelRight, ScrollText } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { memo, useEffect, useRef, type MouseEvent } from 'react'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { cn } from '#components/ui/cn.ts'
import { IconButton } from '#components/ui/icon-button.tsx'
import { Kbd } from '#components/ui/kbd.tsx'
import { Name } from '#components/ui/name.tsx'
import type { Environment } from '#lib/model/environment.ts'
import type { Health } from '#lib/model/health.ts'
import type { Column, KindDescription } from '#lib/model/kind.ts'
import type { Row } from '#lib/model/resource.ts'
import { ActionMenu } from '../actions/action-menu.tsx'
import { hrefOf } from '../href.ts'
import { isRight, referenceOf } from '../values/read.ts'
import { Value } from '../values/value.tsx'

export interface RowProps {
  row: Row
  /** Place in the whole list, from 0. */
  index: number
  columns: readonly Column[]
  /** So many of them, the first, stay when the table scrolls sideways. */
  stuck: number
  kind: KindDescription | undefined
  environment: Environment | undefined
  selected: boolean
  /** Where the keys are. */
  current: boolean
  stale: boolean
  onCurrent(index: number): void
  onSelect(row: Row, range: boolean): void
  onDrawer(row: Row): void
  onLogs(row: Row): void
}

const washes: Record<Health, string> = {
  failing: '--color-fail-wash',
  degraded: '--color-warn-wash',
  moving: '--color-busy-wash',
  healthy: '--color-ok-wash',
  stopped: '--color-sunken',
  completed: '--color-sunken',
  unknown: '--color-sunken',
}

/** What keeps the column at `i` where it is when it is among the first `stuck`; the grid says where that is. */
export const stick = (i: number, stuck: number, background: string) =>
  i < stuck ? { className: cn('sticky z-1', background), style: { left: `var(--left-${i})` } } : {}

/** One row of the table. It flashes once in the wash of its new state when what it shows changed. */
export const ListRow = memo(function ListRow(props: RowProps) {
  const { row, index, columns, stuck, kind, environment, selected, current, stale } = props
  const t = useTranslations('resources.list')
  const ref = useRef<HTMLDivElement>(null)
  useFlash(ref, row)
  const open = (event: MouseEvent) => {
    if ((event.target as HTMLElement).closest('a, button, [role=checkbox], label')) return
    if (event.shiftKey) props.onSelect(row, true)
    else props.onCurrent(index)
  }
  return (
    <div
      ref={ref}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-row={row.id}
      tabIndex={current ? 0 : -1}
      onClick={open}
      onDoubleClick={() => props.onDrawer(row)}
      onFocus={(event) => event.target === event.currentTarget && props.onCurrent(index)}
      className={cn(
        // The ring is drawn over the cells that stick, not under them.
        'group/row relative grid h-full grid-cols-(--columns) items-center border-b border-line bg-canvas text-sm outline-none select-none after:pointer-events-none after:absolute after:inset-0 after:z-2 after:-outline-offset-2 after:outline-accent hover:bg-hover focus-visible:after:outline-2',
        selected && 'bg-accent-wash hover:bg-accent-wash',
        current && !selected && 'bg-hover',
      )}
    >
      <div role="gridcell" className="sticky left-0 z-1 flex h-full items-center bg-inherit pl-4">
        <Checkbox
          checked={selected}
          tabIndex={-1}
          aria-label={t('selectRow', { name: row.name })}
          onCheckedChange={(_, event) => props.onSelect(row, 'shiftKey' in event && event.shiftKey === true)}
        />
      </div>
      {columns.map((column, i) => {
        const { className, style } = stick(i, stuck, 'bg-inherit')
        return (
          <div
            key={column.name}
            role="gridcell"
            style={style}
            className={cn(
              'flex h-full min-w-0 items-center overflow-hidden pr-3 text-ink-2',
              isRight(column) && 'justify-end tabular-nums',
              column.type === 'instant' && 'text-ink-3',
              className,
            )}
          >
            {column.type === 'name' ? (
              <Link href={hrefOf(referenceOf(row))} prefetch={false} tabIndex={-1} className="flex min-w-0 text-ink hover:underline">
                <Name className={row.health === 'failing' ? 'font-medium' : undefined}>{row.name}</Name>
              </Link>
            ) : (
              <Value row={row} column={column} environment={environment} stale={stale} />
            )}
          </div>
        )
      })}
      <RowActions {...props} kind={kind} />
    </div>
  )
})

/** Up to three at the right edge, over the cells, while the pointer or the focus is on the row. */
function RowActions({ row, kind, environment, onDrawer, onLogs }: RowProps) {
  const t = useTranslations('resources.list')
  return (
    <div
      role="gridcell"
      className="sticky right-0 z-1 flex h-full justify-end bg-inherit opacity-0 group-hover/row:opacity-100 group-focus-within/row:opacity-100 has-data-popup-open:opacity-100"
    >
      <span className="flex h-[calc(100%-1px)] flex-none items-center bg-inherit pr-2 pl-3">
        {kind?.streams.includes('logs') && (
          <IconButton
            size={24}
            tabIndex={-1}
            icon={ScrollText}
            label={t('openLogs', { name: row.name })}
            keys={<Kbd>L</Kbd>}
            onClick={() => onLogs(row)}
          />
        )}
        <IconButton
          size={24}
          tabIndex={-1}
          icon={PanelRight}
          label={t('openDrawer', { name: row.name })}
          keys={<Kbd>O</Kbd>}
          onClick={() => onDrawer(row)}
        />
        {kind && (
          <ActionMenu
            row={row}
            kind={kind}
            environment={environment}
            trigger={<IconButton size={24} tabIndex={-1} icon={Ellipsis} label={t('rowActions', { name: row.name })} />}
          />
        )}
      </span>
    </div>
  )
}

const flashEveryMs = 500

/** A fade from the wash of the new state; at most twice a second for one row, and none where motion is not wanted. */
function useFlash(ref: React.RefObject<HTMLElement | null>, row: Row): void {
  const last = useRef({ id: row.id, version: row.version, at: 0 })
  useEffect(() => {
    const before = last.current
    if (before.id === row.id && before.version === row.version) return
    const changed = before.id === row.id
    const now = performance.now()
    last.current = { id: row.id, version: row.version, at: changed && now - before.at > flashEveryMs ? now : before.at }
    if (!changed || now - before.at <= flashEveryMs || matchMedia('(prefers-reduced-motion: reduce)').matches) return
    const wash = getComputedStyle(document.documentElement).getPropertyValue(washes[row.health])
    ref.current?.animate([{ backgroundColor: wash }, {}], { duration: 1200, easing: 'ease-out' })
  }, [ref, row.id, row.version, row.health])
}
