'use client'

import { ArrowDown, ArrowUp, Minus, Pin, Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { useWords } from '../words.ts'
import { widthOnScreen } from './column-edge.tsx'
import { move, pin, resize, show, widthBounds, type ArrangedColumn, type Chosen } from './columns.ts'

interface ColumnChoicesProps {
  arranged: readonly ArrangedColumn[]
  onChange(chosen: Chosen | null): void
}

/** Each column, to be shown, moved, sized and pinned; and the way back to how they were. */
export function ColumnChoices({ arranged, onChange }: ColumnChoicesProps) {
  const t = useTranslations('resources.list')
  return (
    <>
      <ul>
        {arranged.map((one) => (
          <ColumnChoice key={one.column.name} {...one} arranged={arranged} onChange={onChange} />
        ))}
      </ul>
      <Button variant="quiet" size={24} className="mt-1" onClick={() => onChange(null)}>
        {t('columnsReset')}
      </Button>
    </>
  )
}

function ColumnChoice({ arranged, onChange, ...one }: ArrangedColumn & ColumnChoicesProps) {
  const t = useTranslations('resources.list')
  const words = useWords()
  const { name } = one.column
  const column = words.column(name)
  const wider = (by: number) => onChange(resize(arranged, name, widthOnScreen(name) + by))
  return (
    <li className="flex h-8 items-center">
      <Checkbox
        checked={one.shown}
        disabled={one.fixed}
        onCheckedChange={(next) => onChange(show(arranged, name, next))}
        className="min-w-0 flex-1 items-center [&>*:first-child]:mt-0"
      >
        {column}
      </Checkbox>
      {one.shown && (
        <>
          <IconButton size={24} icon={Minus} label={t('columnNarrower', { column })} onClick={() => wider(-widthBounds.step)} />
          <IconButton size={24} icon={Plus} label={t('columnWider', { column })} onClick={() => wider(widthBounds.step)} />
        </>
      )}
      {!one.fixed && (
        <>
          <IconButton size={24} icon={ArrowUp} label={t('columnUp', { column })} onClick={() => onChange(move(arranged, name, -1))} />
          <IconButton size={24} icon={ArrowDown} label={t('columnDown', { column })} onClick={() => onChange(move(arranged, name, 1))} />
          <IconButton
            size={24}
            icon={Pin}
            label={t('columnPin', { column })}
            aria-pressed={one.pinned}
            onClick={() => onChange(pin(arranged, name, !one.pinned))}
          />
        </>
      )}
      {one.fixed && <span aria-hidden className="w-18" />}
    </li>
  )
}
