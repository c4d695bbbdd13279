'use client'

import { Columns3 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import dynamic from 'next/dynamic'
import { Button } from '#components/ui/button.tsx'
import { Popover } from '#components/ui/popover.tsx'
import type { ArrangedColumn, Chosen } from './columns.ts'

// Loaded when it is first opened.
const ColumnChoices = dynamic(() => import('./column-choices.tsx').then((module) => module.ColumnChoices), { ssr: false })

interface ColumnsMenuProps {
  arranged: readonly ArrangedColumn[]
  onChange(chosen: Chosen | null): void
}

/** Which columns stand in the table, in which order, how wide and which stay; kept for this person and this view. */
export function ColumnsMenu({ arranged, onChange }: ColumnsMenuProps) {
  const t = useTranslations('resources.list')
  return (
    <Popover
      align="end"
      className="w-88"
      title={t('columnsTitle')}
      trigger={
        <Button variant="quiet" icon={Columns3}>
          {t('columns')}
        </Button>
      }
    >
      <ColumnChoices arranged={arranged} onChange={onChange} />
    </Popover>
  )
}
