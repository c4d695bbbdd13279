'use client'

import { ListFilter } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, type KeyboardEvent, type RefObject } from 'react'
import { Token } from '#components/ui/chip.tsx'
import { Kbd } from '#components/ui/kbd.tsx'
import type { Filter, Sort } from '#lib/model/query.ts'
import { useWords } from '../words.ts'
import { readToken, type Field } from './tokens.ts'

export interface FilterBarProps {
  fields: readonly Field[]
  /** What a value is called for a person, by field. */
  sayValue(field: string, value: string): string
  filters: readonly Filter[]
  sort: Sort | null
  typed: string
  things: string
  inputRef: RefObject<HTMLInputElement | null>
  onType(text: string): void
  onFilters(filters: Filter[]): void
  onSort(sort: Sort | null): void
  /** Arrow down, or Enter without a filter: on to the rows. */
  onLeave(): void
}

/** Tokens first, free text last. A typed `column sign value` becomes a token on Enter; Backspace takes the last one back. */
export function FilterBar({
  fields,
  sayValue,
  filters,
  sort,
  typed,
  things,
  inputRef,
  onType,
  onFilters,
  onSort,
  onLeave,
}: FilterBarProps) {
  const t = useTranslations('resources.list')
  const words = useWords()
  const helpId = useId()
  const pending = readToken(typed, fields)
  const example = fields.find((f) => f.column.type === 'text')?.title ?? words.column('name')

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') {
      event.preventDefault()
      if (!pending) return onLeave()
      onFilters([...filters.filter((f) => f.field !== pending.field || f.op !== pending.op), pending])
      onType('')
    } else if (event.key === 'Backspace' && typed === '' && filters.length) onFilters(filters.slice(0, -1))
    else if (event.key === 'ArrowDown') {
      event.preventDefault()
      onLeave()
    } else if (event.key === 'Escape') {
      event.stopPropagation()
      if (typed) onType('')
      else event.currentTarget.blur()
    }
  }
  return (
    <div className="flex min-h-7 min-w-0 flex-1 flex-wrap items-center gap-1.5 rounded-md border border-control bg-surface px-1.5 py-0.5 focus-within:border-accent focus-within:ring-2 focus-within:ring-accent-line max-sm:min-h-11">
      <ListFilter aria-hidden className="ml-0.5 size-3.5 flex-none text-ink-3" strokeWidth={1.6} />
      {filters.map((filter, i) => {
        const value = filter.values.map((v) => sayValue(filter.field, v)).join(', ')
        return (
          <Token
            key={`${filter.field}:${filter.op}:${i}`}
            field={words.column(filter.field)}
            op={t(`operators.${filter.op}`)}
            value={value}
            removeLabel={t('removeFilter', { filter: `${words.column(filter.field)} ${value}` })}
            onRemove={() => onFilters(filters.filter((f) => f !== filter))}
          />
        )
      })}
      {sort && (
        <Token
          field={t('sortedBy')}
          value={`${words.column(sort.field)} ${sort.descending ? '↓' : '↑'}`}
          removeLabel={t('removeFilter', { filter: t('sortBy', { column: words.column(sort.field) }) })}
          onRemove={() => onSort(null)}
        />
      )}
      <input
        ref={inputRef}
        value={typed}
        onChange={(event) => onType(event.target.value)}
        onKeyDown={onKeyDown}
        type="search"
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        aria-label={t('filterLabel', { things })}
        aria-describedby={helpId}
        placeholder={t('filterPlaceholder')}
        className="h-5.5 min-w-28 flex-1 bg-transparent px-1 outline-none placeholder:text-ink-3 sm:text-sm [&::-webkit-search-cancel-button]:hidden"
      />
      <span id={helpId} className="sr-only">
        {t('filterHelp', { example: `${example} = web` })}
      </span>
      {pending ? (
        <span className="flex items-center gap-1 text-xs text-ink-3">
          <Kbd>↵</Kbd> {words.column(pending.field)} {t(`operators.${pending.op}`)} {pending.values.join(', ')}
        </span>
      ) : (
        <span aria-hidden className="max-sm:hidden">
          <Kbd>/</Kbd>
        </span>
      )}
    </div>
  )
}
