'use client'

import { Search, SlidersHorizontal, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { useWords } from '#components/resources/words.ts'
import { useConsole } from '#components/shell/console-context.tsx'
import { useShortcuts } from '#components/shell/shortcuts.ts'
import { Button } from '#components/ui/button.tsx'
import { cn } from '#components/ui/cn.ts'
import { Input } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { changeSources, outcomes } from '#lib/model/outcome.ts'
import { isFiltered, periods, type ChangeFilters } from './filters.ts'

interface FilterBarProps {
  filters: ChangeFilters
  people: readonly string[]
  onChange: (filters: ChangeFilters) => void
}

const typingPauseMs = 200

/** What is asked for, all of it in the address. */
export function FilterBar({ filters, people, onChange }: FilterBarProps) {
  const t = useTranslations('changes')
  const [open, setOpen] = useState(false)
  return (
    <div className="flex flex-wrap items-center gap-2 max-sm:px-4">
      <TextFilter filters={filters} onChange={onChange} />
      <Button icon={SlidersHorizontal} aria-expanded={open} className="sm:hidden" onClick={() => setOpen(!open)}>
        {t('filters')}
      </Button>
      <div className={cn('contents', !open && 'max-sm:hidden', open && 'max-sm:grid max-sm:w-full max-sm:grid-cols-2 max-sm:gap-2')}>
        <Choices filters={filters} people={people} onChange={onChange} />
      </div>
      {isFiltered(filters) && (
        <Button variant="quiet" icon={X} onClick={() => onChange({})}>
          {t('clear')}
        </Button>
      )}
    </div>
  )
}

/** Searches while somebody types, once they pause. */
function TextFilter({ filters, onChange }: Pick<FilterBarProps, 'filters' | 'onChange'>) {
  const t = useTranslations('changes')
  const box = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState<string | null>(null)
  useShortcuts([{ keys: '/', label: t('find'), run: () => box.current?.focus() }])
  useEffect(() => {
    if (typed === null) return
    const timer = setTimeout(() => {
      onChange({ ...filters, q: typed.trim() || undefined, before: undefined })
      setTyped(null)
    }, typingPauseMs)
    return () => clearTimeout(timer)
  }, [typed, filters, onChange])
  return (
    <Input
      ref={box}
      size={28}
      type="search"
      aria-label={t('find')}
      placeholder={t('find')}
      value={typed ?? filters.q ?? ''}
      onChange={(event) => setTyped(event.target.value)}
      before={<Search aria-hidden className="size-4 flex-none text-ink-3" strokeWidth={1.6} />}
      className="w-52 max-sm:h-11 max-sm:w-auto max-sm:flex-1"
    />
  )
}

function Choices({ filters, people, onChange }: FilterBarProps) {
  const t = useTranslations('changes')
  const words = useWords()
  const { environments, kinds } = useConsole()
  const same = (values: readonly string[], branch: string) => values.map((value) => ({ value, label: t(`${branch}.${value}`) }))
  const listed = <T extends { value: string; label: string }>(all: string, options: readonly T[]) => [{ value: '', label: all }, ...options]
  const choices = {
    environment: listed(
      t('anyEnvironment'),
      environments.map(({ id, name }) => ({ value: id, label: name })),
    ),
    kind: listed(
      t('anyKind'),
      kinds.filter((kind) => kind.category !== 'event').map((kind) => ({ value: kind.name, label: words.kind(kind) })),
    ),
    who: listed(
      t('anybody'),
      people.map((name) => ({ value: name, label: name })),
    ),
    source: listed(t('anySource'), same(changeSources, 'source')),
    outcome: listed(t('anyOutcome'), same(outcomes, 'outcomes')),
    time: listed(t('anyTime'), same(Object.keys(periods), 'time')),
  }
  return Object.entries(choices).map(([name, options]) => {
    const value = filters[name as keyof typeof choices] ?? ''
    return (
      <Select
        key={name}
        size={28}
        aria-label={t(`labels.${name}`)}
        options={options}
        value={value}
        onChange={(event) => onChange({ ...filters, [name]: event.target.value || undefined, before: undefined })}
        className={cn('max-w-40 max-sm:h-11 max-sm:max-w-none', value && 'border-accent-line bg-accent-wash')}
      />
    )
  })
}
