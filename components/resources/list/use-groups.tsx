'use client'

import { useTranslations } from 'next-intl'
import { useCallback, type ReactNode } from 'react'
import type { Column } from '#lib/model/kind.ts'
import type { Row } from '#lib/model/resource.ts'
import { fieldOf } from '../values/read.ts'

/** The heading above a row that begins a group: its value differs from that of the row before. */
export function useGroups(group: string | null, columns: readonly Column[], sayValue: (field: string, value: string) => string) {
  const t = useTranslations('resources.list')
  return useCallback(
    (row: Row, before: Row | undefined): ReactNode => {
      if (group === null || !columns.some((column) => column.name === group)) return null
      const value = String(fieldOf(row, group) ?? '')
      if (before && String(fieldOf(before, group) ?? '') === value) return null
      return value ? sayValue(group, value) : t('none')
    },
    [group, columns, sayValue, t],
  )
}
