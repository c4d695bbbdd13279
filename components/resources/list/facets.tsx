'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Ago } from '#components/ui/ago.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { cn } from '#components/ui/cn.ts'
import { Flag } from '#components/ui/flag.tsx'
import { Count } from '#components/ui/numbers.tsx'
import { StateGlyph } from '#components/ui/state-glyph.tsx'
import { api, formatQuery, queryKeyOf } from '#lib/client/index.ts'
import type { Environment } from '#lib/model/environment.ts'
import { healths, type Health } from '#lib/model/health.ts'
import type { FacetCounts } from '#lib/model/inventory.ts'
import type { Column } from '#lib/model/kind.ts'
import type { Filter } from '#lib/model/query.ts'
import { useWords } from '../words.ts'
import { toggleValue, valuesOf } from './tokens.ts'
import type { ListQuery } from './use-window.ts'

export interface FacetsProps {
  query: ListQuery
  columns: readonly Column[]
  filters: readonly Filter[]
  environments: ReadonlyMap<string, Environment>
  onFilters(filters: Filter[]): void
}

/** Counts are asked for this often; the server counts no more often than that either. */
const refreshMs = 2_000
const shownAtOnce = 6

/** Values of columns with their counts, each counted for all other filters. Dated, and kept while newer ones are counted. */
export function Facets({ query, columns, filters, environments, onFilters }: FacetsProps) {
  const t = useTranslations('resources.list')
  const faceted = columns.filter((column) => column.facet)
  const { data, error } = useQuery({
    queryKey: queryKeyOf('resources.facets', query),
    queryFn: ({ signal }) => api<FacetCounts[]>(`/api/resources/facets?${formatQuery(query)}`, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  })
  if (!data && error) return <p className="px-4 py-3 text-xs text-ink-3">{t('facetsFailed')}</p>
  const oldest = data?.map((facet) => facet.at).toSorted()[0]
  return (
    <>
      {faceted.map((column) => (
        <Facet
          key={column.name}
          column={column}
          counts={data?.find((facet) => facet.field === column.name)}
          chosen={valuesOf(filters, column.name)}
          environments={environments}
          onToggle={(value) => onFilters(toggleValue(filters, column.name, value))}
        />
      ))}
      {oldest && <p className="px-4 py-2 text-2xs text-ink-3">{t.rich('facetsAt', { age: () => <Ago at={oldest} /> })}</p>}
    </>
  )
}

interface FacetProps {
  column: Column
  counts: FacetCounts | undefined
  chosen: readonly string[]
  environments: ReadonlyMap<string, Environment>
  onToggle(value: string): void
}

function Facet({ column, counts, chosen, environments, onToggle }: FacetProps) {
  const t = useTranslations('resources.list')
  const words = useWords()
  const [open, setOpen] = useState(true)
  const [all, setAll] = useState(false)
  const values = valuesOfFacet(column, counts, chosen, environments)
  if (!values.length || (values.length === 1 && values[0]!.value === '')) return null
  const shown = all || column.type === 'health' ? values : values.slice(0, shownAtOnce)
  return (
    <section className="border-t border-line py-2.5 first:border-t-0">
      <h3>
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex h-6 w-full items-center px-4 text-xs font-medium text-ink-3 focus-visible:-outline-offset-2"
        >
          {words.column(column.name)}
          <span className="flex-1" />
          <ChevronDown aria-hidden className={cn('size-3 transition-transform', !open && '-rotate-90')} strokeWidth={1.6} />
        </button>
      </h3>
      {open && (
        <>
          {shown.map(({ value, count }) => (
            <FacetValue
              key={value}
              column={column}
              value={value}
              count={count}
              atLeast={counts?.exact === false}
              environments={environments}
              checked={chosen.includes(value)}
              onToggle={() => onToggle(value)}
            />
          ))}
          {values.length > shown.length || all ? (
            <button type="button" className="h-6.5 px-4 pl-10.5 text-sm text-accent hover:underline" onClick={() => setAll(!all)}>
              {all ? t('facetLess') : t('facetMore', { count: values.length - shown.length })}
            </button>
          ) : null}
        </>
      )}
    </section>
  )
}

interface FacetValueProps extends Pick<FacetProps, 'column' | 'environments'> {
  value: string
  /** Null while it is not counted: that is no zero. */
  count: number | null
  atLeast: boolean
  checked: boolean
  onToggle(): void
}

function FacetValue({ column, value, count, atLeast, checked, environments, onToggle }: FacetValueProps) {
  const t = useTranslations('resources.list')
  const words = useWords()
  const environment = column.type === 'environment' ? environments.get(value) : undefined
  const said =
    column.type === 'health'
      ? words.health(value as Health)
      : column.type === 'boolean'
        ? t(value === 'true' ? 'yes' : 'no')
        : column.type === 'kind'
          ? words.kindNamed(value)
          : column.type === 'severity'
            ? words.severity(value)
            : (environment?.name ?? (value || t('none')))
  return (
    <Checkbox
      checked={checked}
      onCheckedChange={onToggle}
      className={cn(
        'h-6.5 items-center gap-2.5 px-4 hover:bg-hover max-sm:h-11 [&>*:first-child]:mt-0 [&>*:last-child]:flex [&>*:last-child]:flex-1 [&>*:last-child]:items-center [&>*:last-child]:gap-2',
        checked && 'font-medium text-ink',
        count === 0 && 'text-ink-3',
      )}
    >
      {column.type === 'health' && <StateGlyph health={value as Health} />}
      {environment && <Flag flag={environment.flag} size={15} quiet />}
      <span className="min-w-0 flex-1 truncate" title={said}>
        {said}
      </span>
      <span className="text-xs font-normal text-ink-3">
        {count !== null && <Count value={count} />}
        {atLeast && '+'}
      </span>
    </Checkbox>
  )
}

/** All healths in their order, and whatever is ticked, stand there even when nothing has them: a zero is a fact. */
function valuesOfFacet(
  column: Column,
  counts: FacetCounts | undefined,
  chosen: readonly string[],
  environments: ReadonlyMap<string, Environment>,
) {
  const none = counts ? 0 : null
  const known = new Map<string, number | null>(counts?.values.map(({ value, count }) => [value, count]))
  if (column.type === 'health') return healths.map((value) => ({ value: value as string, count: known.get(value) ?? none }))
  for (const value of chosen) if (!known.has(value)) known.set(value, none)
  if (column.type === 'environment') for (const id of environments.keys()) if (!known.has(id)) known.set(id, none)
  return [...known].map(([value, count]) => ({ value, count }))
}
