'use client'

import Link from 'next/link'
import { memo } from 'react'
import { cn } from '#components/ui/cn.ts'
import { Name } from '#components/ui/name.tsx'
import type { Column } from '#lib/model/kind.ts'
import { fieldOf, referenceOf } from '../values/read.ts'
import { hrefOf } from '../href.ts'
import { State, Value } from '../values/value.tsx'
import { useWords } from '../words.ts'
import type { RowProps } from './row.tsx'

/** Two lines: state and name, then the two most telling of the other columns. The whole of it leads to the page. */
export const PhoneRow = memo(function PhoneRow({ row, index, columns, environment, stale, selected }: RowProps) {
  const telling = columns
    .filter((column) => column.type !== 'health' && column.type !== 'severity' && column.type !== 'name')
    .filter((column) => column.type === 'environment' || !isNothing(fieldOf(row, column.name)))
    .slice(0, 2)
  const words = useWords()
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={cn(
        'relative flex h-full flex-col justify-center gap-0.5 border-b border-line bg-canvas px-4',
        selected && 'bg-accent-wash',
      )}
    >
      <div role="gridcell" className="flex min-w-0 items-center gap-3">
        <Link
          href={hrefOf(referenceOf(row))}
          prefetch={false}
          className="flex min-w-0 flex-1 text-base text-ink after:absolute after:inset-0"
        >
          <Name className="font-medium">{row.name}</Name>
        </Link>
        <span className="max-w-2/5 flex-none text-sm">
          <State row={row} stale={stale} />
        </span>
      </div>
      <div role="gridcell" className="flex min-w-0 items-center gap-3 text-xs text-ink-2">
        {telling.map((column) => (
          <span key={column.name} className="relative flex min-w-0 items-center gap-1 truncate">
            {/* A figure says nothing without its column. */}
            {bare.has(column.type) && <span className="text-ink-3">{words.column(column.name)}</span>}
            <Value row={row} column={column} environment={environment} stale={stale} />
          </span>
        ))}
      </div>
    </div>
  )
})

const bare: ReadonlySet<Column['type']> = new Set(['number', 'bytes', 'boolean', 'instant'])

const isNothing = (value: unknown) => value === null || value === '' || (Array.isArray(value) && !value.length)
