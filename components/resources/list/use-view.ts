'use client'

import { useCallback, useMemo } from 'react'
import { useConsole } from '#components/shell/console-context.tsx'
import type { Category } from '#lib/model/kind.ts'
import { useStored } from '../use-stored.ts'
import { arrange, columnsOf, resize, type Chosen } from './columns.ts'
import { sortOf, usualSort, type ListState } from './list-state.ts'
import type { Density } from './toolbar.tsx'
import type { ListQuery } from './use-window.ts'

/** One environment's things of one kind, or the whole fleet's of one category. */
export type ListTarget = { environment: string; kind: string } | { category: Category }

const usualDensity: Density = 'normal'

/** What stands in the table and how, for this person and this view, and the query that the address asks. */
export function useView(target: ListTarget, state: ListState) {
  const { actor, kinds: all } = useConsole()
  const fleet = 'category' in target
  const name = fleet ? target.category : target.kind
  const environment = fleet ? undefined : target.environment
  const [chosen, choose] = useStored<Chosen | null>(`portolan.columns.${actor.userId}.${name}`, null)
  const [density, setDensity] = useStored<Density>(`portolan.density.${actor.userId}`, usualDensity)
  const kinds = useMemo(() => all.filter((kind) => (fleet ? kind.category === name : kind.name === name)), [all, fleet, name])
  const columns = useMemo(() => columnsOf(kinds, fleet), [kinds, fleet])
  const usual = useMemo(() => usualSort(columns), [columns])
  const arranged = useMemo(() => arrange(columns, chosen), [columns, chosen])
  const shown = useMemo(() => arranged.filter((a) => a.shown), [arranged])
  const onResize = useCallback((column: string, width: number | null) => choose(resize(arranged, column, width)), [arranged, choose])
  const query = useMemo<ListQuery>(
    () => ({
      ...(fleet ? { category: name as Category } : { kind: name, environment }),
      text: state.text || undefined,
      filters: state.filters,
      sort: sortOf(state, usual),
    }),
    [fleet, name, environment, state, usual],
  )
  return { name, kinds, columns, usual, arranged, shown, query, density, setDensity, choose, onResize }
}
