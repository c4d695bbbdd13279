'use client'

import type { ReactElement } from 'react'
import { useConsole } from '#components/shell/console-context.tsx'
import { Menu, MenuItem, MenuSeparator } from '#components/ui/menu.tsx'
import type { Environment } from '#lib/model/environment.ts'
import type { ActionDescription, KindDescription } from '#lib/model/kind.ts'
import type { Row } from '#lib/model/resource.ts'
import { useWords } from '../words.ts'
import { availabilityOf, type Availability } from './availability.ts'
import { iconOfAction } from './icons.ts'
import { useRun } from './use-run.ts'

/** Why a button is off, as a sentence; undefined when it is on. */
export function useWhyOff(): (availability: Availability) => string | undefined {
  const words = useWords()
  return (availability) => {
    if (availability.on) return undefined
    return 'reason' in availability ? words.reason(availability.reason) : words.blocked(availability.blocked)
  }
}

interface ActionMenuProps {
  row: Row
  kind: KindDescription
  environment: Environment | undefined
  trigger: ReactElement
  /** Those that stand outside of the menu already. */
  except?: readonly string[]
}

/** Everything that can be done to one row; what may not be done says why. What cannot be undone stands last. */
export function ActionMenu({ row, kind, trigger, except = [] }: ActionMenuProps) {
  const actions = kind.actions.filter((action) => !except.includes(action.name))
  if (!actions.length) return null
  const final = (action: ActionDescription) => action.weight === 'irreversible'
  const items = (some: ActionDescription[]) => some.map((action) => <ActionItem key={action.name} action={action} row={row} kind={kind} />)
  return (
    <Menu trigger={trigger} align="end">
      {items(actions.filter((action) => !final(action)))}
      {actions.some(final) && actions.some((action) => !final(action)) && <MenuSeparator />}
      {items(actions.filter(final))}
    </Menu>
  )
}

function ActionItem({ action, row, kind }: { action: ActionDescription; row: Row; kind: KindDescription }) {
  const { actor, environmentById } = useConsole()
  const words = useWords()
  const whyOff = useWhyOff()
  const { start } = useRun()
  const availability = availabilityOf(action, row, { bindings: actor.bindings, environments: environmentById })
  return (
    <MenuItem
      icon={iconOfAction(action.name)}
      danger={action.weight === 'irreversible'}
      disabledReason={whyOff(availability)}
      onSelect={() => start(action, [kind], { rows: [row] })}
    >
      {words.action(action.name)}
      {(action.weight !== 'undoable' || action.input) && '…'}
    </MenuItem>
  )
}
