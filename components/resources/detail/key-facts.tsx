'use client'

import type { Environment } from '#lib/model/environment.ts'
import type { Column, KindDescription } from '#lib/model/kind.ts'
import type { Row } from '#lib/model/resource.ts'
import { fieldOf } from '../values/read.ts'
import { Ports, Value } from '../values/value.tsx'
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
  const columns = kind.keyFacts.slice(0, most).map((name): Pick<Column, 'name' | 'type'> => kind.columns.find((c) => c.name === name) ?? { name, type: 'text' })
  if (!columns.length) return null
  return (
    <dl className="flex flex-wrap gap-y-3 border-y border-line py-2.5">
      {columns.map((column) => (
        <div key={column.name} className="min-w-28 flex-1 basis-0 border-l border-line px-4 first:border-l-0 first:pl-0 max-sm:basis-1/3 max-sm:border-l-0 max-sm:px-0 max-sm:pr-3">
          <dt className="truncate text-xs text-ink-3">{words.column(column.name)}</dt>
          <dd className="mt-0.5 flex min-w-0 text-sm font-medium text-ink">
            {column.type === 'ports' && fieldOf(row, column.name) ? (
              <Ports fact={fieldOf(row, column.name)} environment={environment} />
            ) : (
              <Value row={row} column={column} environment={environment} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
