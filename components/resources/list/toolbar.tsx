'use client'

import { AlignJustify, Download, ListFilter, Rows3 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { buttonStyle } from '#components/ui/button-style.ts'
import { Button } from '#components/ui/button.tsx'
import { cn } from '#components/ui/cn.ts'
import { IconButton } from '#components/ui/icon-button.tsx'
import { Menu, MenuChoice } from '#components/ui/menu.tsx'
import { Tooltip } from '#components/ui/tooltip.tsx'
import { formatQuery } from '#lib/client/index.ts'
import type { Column } from '#lib/model/kind.ts'
import { useWords } from '../words.ts'
import { ColumnsMenu } from './columns-menu.tsx'
import type { ArrangedColumn, Chosen } from './columns.ts'
import type { ListQuery } from './use-window.ts'

export const rowHeights = { compact: 28, normal: 34, relaxed: 44 } as const
export type Density = keyof typeof rowHeights

export interface ToolbarProps {
  query: ListQuery
  total: number
  arranged: readonly ArrangedColumn[]
  group: string | null
  density: Density
  /** How many filters are set; on a narrow screen a button with this number opens the facets. */
  filterCount: number
  onGroup(field: string | null): void
  onColumns(chosen: Chosen | null): void
  onDensity(density: Density): void
  onFacets(): void
}

/** At the right of the filter bar: groups, columns, row height, CSV. On a narrow screen also the facets. */
export function Toolbar({ query, total, arranged, group, density, filterCount, onGroup, onColumns, onDensity, onFacets }: ToolbarProps) {
  const t = useTranslations('resources.list')
  const download = t('download', { count: total })
  return (
    <>
      <Button variant="quiet" icon={ListFilter} className="min-lg:hidden max-sm:min-h-11" onClick={onFacets}>
        {t('filters')}
        {filterCount > 0 && <span className="rounded-sm bg-accent-wash px-1 text-2xs text-accent tabular-nums">{filterCount}</span>}
      </Button>
      <span className="flex items-center gap-1 max-sm:hidden">
        <GroupMenu columns={arranged.map((a) => a.column)} group={group} onGroup={onGroup} />
        <ColumnsMenu arranged={arranged} onChange={onColumns} />
        <Menu align="end" trigger={<IconButton icon={AlignJustify} label={t('density')} />}>
          <MenuChoice
            label={t('density')}
            value={density}
            onChange={onDensity}
            options={(['compact', 'normal', 'relaxed'] as const).map((value) => ({ value, label: t(`densities.${value}`) }))}
          />
        </Menu>
        <Tooltip content={download}>
          <a
            href={`/api/resources/export?${formatQuery(query)}`}
            download
            aria-label={download}
            className={cn(buttonStyle({ variant: 'quiet' }), 'size-7 p-0 text-ink-3')}
          >
            <Download aria-hidden className="size-4" strokeWidth={1.6} />
          </a>
        </Tooltip>
      </span>
    </>
  )
}

const noGroup = ''
/** What has many values stands in many groups. */
const many = new Set<Column['type']>(['list', 'ports', 'images'])

function GroupMenu({ columns, group, onGroup }: { columns: readonly Column[]; group: string | null; onGroup(field: string | null): void }) {
  const t = useTranslations('resources.list')
  const words = useWords()
  const groupable = columns.filter((column) => column.facet && column.sortable && !many.has(column.type))
  if (!groupable.length) return null
  return (
    <Menu
      align="end"
      trigger={
        <Button variant="quiet" icon={Rows3} className={group ? 'text-accent' : undefined}>
          {group ? words.column(group) : t('group')}
        </Button>
      }
    >
      <MenuChoice
        label={t('groupBy')}
        value={group ?? noGroup}
        onChange={(value) => onGroup(value || null)}
        options={[
          { value: noGroup, label: t('groupNone') },
          ...groupable.map((column) => ({ value: column.name, label: words.column(column.name) })),
        ]}
      />
    </Menu>
  )
}
