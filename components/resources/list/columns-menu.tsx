'use client'

import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { Popover } from '#components/ui/popover.tsx'
import { useWords } from '../words.ts'
import { move, show, type arrange, type Chosen } from './columns.ts'

interface ColumnsMenuProps {
  arranged: ReturnType<typeof arrange>
  onChange(chosen: Chosen | null): void
}

/** Which columns stand in the table and in which order; kept for this person and this view. */
export function ColumnsMenu({ arranged, onChange }: ColumnsMenuProps) {
  const t = useTranslations('resources.list')
  const words = useWords()
  return (
    <Popover
      align="end"
      className="w-72"
      title={t('columnsTitle')}
      trigger={
        <Button variant="quiet" icon={Columns3}>
          {t('columns')}
        </Button>
      }
    >
      <ul>
        {arranged.map(({ column, shown, fixed }) => {
          const title = words.column(column.name)
          return (
            <li key={column.name} className="flex h-8 items-center gap-1">
              <Checkbox
                checked={shown}
                disabled={fixed}
                onCheckedChange={(next) => onChange(show(arranged, column.name, next))}
                className="flex-1 items-center [&>*:first-child]:mt-0"
              >
                {title}
              </Checkbox>
              {!fixed && (
                <>
                  <IconButton
                    size={24}
                    icon={ArrowUp}
                    label={t('columnUp', { column: title })}
                    onClick={() => onChange(move(arranged, column.name, -1))}
                  />
                  <IconButton
                    size={24}
                    icon={ArrowDown}
                    label={t('columnDown', { column: title })}
                    onClick={() => onChange(move(arranged, column.name, 1))}
                  />
                </>
              )}
            </li>
          )
        })}
      </ul>
      <Button variant="quiet" size={24} className="mt-1" onClick={() => onChange(null)}>
        {t('columnsReset')}
      </Button>
    </Popover>
  )
}
