'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { cn } from '#components/ui/cn.ts'
import type { Column } from '#lib/model/kind.ts'
import type { Sort } from '#lib/model/query.ts'
import { isRight } from '../values/read.ts'
import { useWords } from '../words.ts'

interface GridHeadProps {
  columns: readonly Column[]
  sort: Sort | null
  checked: boolean | 'some'
  total: number
  onSort(field: string): void
  onSelectAll(): void
}

export function GridHead({ columns, sort, checked, total, onSort, onSelectAll }: GridHeadProps) {
  const t = useTranslations('resources.list')
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="sticky top-0 z-2 grid h-8 grid-cols-(--columns) items-center border-b border-line-strong bg-canvas text-xs font-medium text-ink-3"
    >
      <div role="columnheader" className="sticky left-0 z-1 flex h-full items-center bg-canvas pl-4">
        <Checkbox
          checked={checked}
          onCheckedChange={onSelectAll}
          aria-label={checked === false ? t('selectAll', { count: total }) : t('selectNone')}
        />
      </div>
      {columns.map((column, i) => (
        <ColumnHead
          key={column.name}
          column={column}
          sort={sort}
          onSort={onSort}
          className={cn(i === 0 && 'sticky left-11 z-1 bg-canvas', i === 1 && 'sticky left-(--name-left) z-1 bg-canvas')}
        />
      ))}
      <div role="columnheader" aria-label={t('rowActionsHead')} />
    </div>
  )
}

interface ColumnHeadProps extends Pick<GridHeadProps, 'sort' | 'onSort'> {
  column: Column
  className: string
}

function ColumnHead({ column, sort, onSort, className }: ColumnHeadProps) {
  const words = useWords()
  const t = useTranslations('resources.list')
  const title = words.column(column.name)
  const sorted = sort?.field === column.name ? sort : null
  const Arrow = sorted?.descending ? ArrowDown : ArrowUp
  return (
    <div
      role="columnheader"
      aria-sort={sorted ? (sorted.descending ? 'descending' : 'ascending') : undefined}
      className={cn('flex h-full min-w-0 items-center pr-3', isRight(column) && 'justify-end', className)}
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
    </div>
  )
}
