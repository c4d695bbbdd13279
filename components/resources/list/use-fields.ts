'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { Environment } from '#lib/model/environment.ts'
import { healths, type Health } from '#lib/model/health.ts'
import type { Column } from '#lib/model/kind.ts'
import type { Filter } from '#lib/model/query.ts'
import { healthOfSeverity } from '../values/read.ts'
import { useWords } from '../words.ts'
import type { Field } from './tokens.ts'

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

/** How the values of filters are called for a person, and what a person's words are called in a query. */
export function useFields(columns: readonly Column[], environmentById: ReadonlyMap<string, Environment>) {
  const t = useTranslations('resources.list')
  const words = useWords()
  return useMemo(() => {
    const byName = new Map(columns.map((column) => [column.name, column]))
    const sayValue = (field: string, value: string): string => {
      const type = byName.get(field)?.type
      if (type === 'health') return healths.some((health) => health === value) ? words.health(value as Health) : value
      if (type === 'environment') return environmentById.get(value)?.name ?? value
      if (type === 'boolean') return t(value === 'true' ? 'yes' : 'no')
      if (type === 'kind') return words.kindNamed(value)
      if (type === 'severity') return words.severity(value)
      return value || t('none')
    }
    const read = (column: Column) => (said: string) => {
      if (column.type === 'health') return healths.find((health) => same(words.health(health), said) || health === said) ?? said
      if (column.type === 'environment') return [...environmentById.values()].find((e) => same(e.name, said) || e.id === said)?.id ?? said
      if (column.type === 'severity') return Object.keys(healthOfSeverity).find((one) => same(words.severity(one), said)) ?? said
      if (column.type === 'boolean') return String(same(said, t('yes')) || said === 'true')
      return said
    }
    const fields: Field[] = columns.map((column) => ({ column, title: words.column(column.name), read: read(column) }))
    const sayFilter = (filter: Filter) =>
      `${words.column(filter.field)} ${t(`operators.${filter.op}`)} ${filter.values.map((v) => sayValue(filter.field, v)).join(', ')}`
    return { fields, sayValue, sayFilter }
  }, [columns, environmentById, words, t])
}
