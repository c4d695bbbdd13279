'use client'

import type { Environment } from '#lib/model/environment.ts'
import type { Column, KindDescription } from '#lib/model/kind.ts'
import type { Row } from '#lib/model/resource.ts'
import { doesNotApply } from '../values/read.ts'
import { Value } from '../values/value.tsx'
import { useWords } from '../words.ts'

interface KeyFactsProps {
  row: Row
  kind: KindDescription
  environment: Environment | undefined
}

const most = 7

/** The few values one looks for first, in the order the kind names them. */
export function KeyFacts({ row, kind, environment }: KeyFactsProps) {
  const words = useWords()
  const columns = kind.keyFacts
    .filter((name) => words.absent(name) !== null || !doesNotApply(row, name))
    .slice(0, most)
    .map((name): Pick<Column, 'name' | 'type'> => kind.columns.find((c) => c.name === name) ?? { name, type: 'text' })
  if (!columns.length) return null
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(7.5rem,1fr))] gap-y-3 overflow-hidden border-y border-line py-2.5 max-sm:grid-cols-2">
      {columns.map((column) => (
        <div key={column.name} className="relative -left-4.25 min-w-0 border-l border-line pr-1 pl-4">
          <dt className="truncate text-xs text-ink-3">{words.column(column.name)}</dt>
          <dd className="mt-0.5 flex min-w-0 text-sm font-medium text-ink">
            <Value row={row} column={column} environment={environment} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
