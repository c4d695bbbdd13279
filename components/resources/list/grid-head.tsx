'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { cn } from '#components/ui/cn.ts'
import type { Sort } from '#lib/model/query.ts'
import { isRight } from '../values/read.ts'
import { useWords } from '../words.ts'
import { ColumnEdge } from './column-edge.tsx'
import { leastOf, type ArrangedColumn } from './columns.ts'
import { stick } from './row.tsx'

interface GridHeadProps {
  columns: readonly ArrangedColumn[]
  /** So many of them, the first, stay when the table scrolls sideways. */
  stuck: number
  sort: Sort | null
  checked: boolean | 'some'
  total: number
  onSort(field: string): void
  onSelectAll(): void
  onDrag(name: string, width: number): void
  onResize(name: string, width: number | null): void
}

export function GridHead({ columns, stuck, checked, total, onSelectAll, ...head }: GridHeadProps) {
  const t = useTranslations('resources.list')
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="group/head sticky top-0 z-2 grid h-8 grid-cols-(--columns) items-center border-b border-line-strong bg-canvas text-xs font-medium text-ink-3"
    >
      <div role="columnheader" className="sticky left-0 z-1 flex h-full items-center bg-canvas pl-4">
        <Checkbox
          checked={checked}
          onCheckedChange={onSelectAll}
          aria-label={checked === false ? t('selectAll', { count: total }) : t('selectNone')}
        />
      </div>
      {columns.map((one, i) => (
        <ColumnHead key={one.column.name} {...head} {...one} {...stick(i, stuck, 'bg-canvas')} />
      ))}
      <div role="columnheader" aria-label={t('rowActionsHead')} />
    </div>
  )
}

type ColumnHeadProps = Pick<GridHeadProps, 'sort' | 'onSort' | 'onDrag' | 'onResize'> &
  ArrangedColumn & { className?: string; style?: React.CSSProperties }

function ColumnHead({ column, width, sort, onSort, onDrag, onResize, className, style }: ColumnHeadProps) {
  const words = useWords()
  const t = useTranslations('resources.list')
  const title = words.column(column.name)
  const sorted = sort?.field === column.name ? sort : null
  const Arrow = sorted?.descending ? ArrowDown : ArrowUp
  return (
    <div
      role="columnheader"
      aria-label={title}
      aria-sort={sorted ? (sorted.descending ? 'descending' : 'ascending') : undefined}
      data-column={column.name}
      style={style}
      className={cn('relative flex h-full min-w-0 items-center pr-3', isRight(column) && 'justify-end', className)}
    >
      {column.sortable ? (
        <button
          type="button"
          title={t('sortBy', { column: title })}
          className={cn(
            'flex h-full min-w-0 items-center gap-1 hover:text-ink focus-visible:-outline-offset-2',
            sorted && 'text-ink',
            isRight(column) && 'flex-row-reverse',
          )}
          onClick={() => onSort(column.name)}
        >
          <span className="truncate">{title}</span>
          {sorted && <Arrow aria-hidden className="size-3 flex-none text-accent" strokeWidth={1.6} />}
        </button>
      ) : (
        <span className="truncate">{title}</span>
      )}
      <ColumnEdge
        name={column.name}
        title={title}
        width={leastOf({ column, width })}
        onDrag={(next) => onDrag(column.name, next)}
        onResize={(next) => onResize(column.name, next)}
      />
    </div>
  )
}
