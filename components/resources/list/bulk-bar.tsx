'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useConsole } from '#components/shell/console-context.tsx'
import { Button } from '#components/ui/button.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { Kbd } from '#components/ui/kbd.tsx'
import type { KindDescription } from '#lib/model/kind.ts'
import type { Row } from '#lib/model/resource.ts'
import { useWhyOff } from '../actions/action-menu.tsx'
import type { Target } from '../actions/acting.ts'
import { availabilityOfAll, commonActions } from '../actions/availability.ts'
import { iconOfAction } from '../actions/icons.ts'
import { useRun } from '../actions/use-run.ts'
import { useWords } from '../words.ts'
import { sizeOf, type Selection } from './selection.ts'
import type { ListQuery } from './use-window.ts'

interface BulkBarProps {
  selection: Selection<Row>
  kinds: readonly KindDescription[]
  query: ListQuery
  onClear(): void
}

/** What the server takes as one selection. */
const mostAtOnce = 1_000

/** Floats over the foot of the table: what is selected, and what can be done to all of it. */
export function BulkBar({ selection, kinds, query, onClear }: BulkBarProps) {
  const t = useTranslations('resources.list')
  const act = useTranslations('resources.act')
  const words = useWords()
  const whyOff = useWhyOff()
  const { actor, environmentById } = useConsole()
  const { start } = useRun()
  const count = sizeOf(selection)
  if (count === 0) return null
  const rows = selection.mode === 'some' ? [...selection.rows.values()] : []
  const concerned = selection.mode === 'some' ? kinds.filter((kind) => rows.some((row) => row.kind === kind.name)) : kinds
  const target: Target = selection.mode === 'all' ? { query, count } : { rows }
  // An action of one thing alone, such as a new name, is no action of many.
  const actions = commonActions(concerned).filter((action) => count === 1 || !isOfOne(action.input))
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-10 z-10 flex justify-center px-3 max-sm:bottom-3">
      <div
        role="toolbar"
        aria-label={t('selected', { count })}
        className="pointer-events-auto flex min-h-10 max-w-full items-center gap-1 overflow-x-auto rounded-lg border border-line-strong bg-raised pr-1.5 pl-3 text-sm shadow-pop"
      >
        <span className="font-medium whitespace-nowrap tabular-nums">
          {selection.mode === 'all' ? t('selectedAll', { count }) : t('selected', { count })}
        </span>
        <IconButton size={24} icon={X} label={t('clear')} keys={<Kbd>Esc</Kbd>} onClick={onClear} />
        {actions.length > 0 && <span className="mx-1 h-5 w-px flex-none bg-line" />}
        {actions.map((action) => {
          const availability = availabilityOfAll(action, rows, { bindings: actor.bindings, environments: environmentById })
          return (
            <Button
              key={action.name}
              variant={action.weight === 'irreversible' ? 'danger' : 'quiet'}
              icon={iconOfAction(action.name)}
              disabledReason={count > mostAtOnce ? act('tooMany', { most: mostAtOnce }) : whyOff(availability)}
              onClick={() => start(action, concerned, target)}
            >
              {words.action(action.name)}
            </Button>
          )
        })}
      </div>
    </div>
  )
}

/** Needs a text of its own for each thing. */
function isOfOne(input: Record<string, unknown> | null): boolean {
  const required = (input?.required ?? []) as string[]
  const properties = (input?.properties ?? {}) as Record<string, { type?: string; default?: unknown; enum?: unknown[] }>
  return required.some((name) => properties[name]?.type === 'string' && properties[name].default === undefined && !properties[name].enum)
}
