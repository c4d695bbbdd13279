import type { z } from 'zod'
import type { ActionDescription, Column } from '../model/kind.ts'
import type { Role } from '../model/role.ts'
import type { Action } from './engine.ts'

type ColumnOptions = { facet?: boolean; hidden?: boolean; sortable?: boolean }

/** A column that can be sorted by and is shown, unless said otherwise. */
export function column(name: string, type: Column['type'], options: ColumnOptions = {}): Column {
  return { name, type, sortable: options.sortable ?? true, facet: options.facet ?? false, hidden: options.hidden ?? false }
}

/** An action; without `blockedBy` nothing in a row's state forbids it. */
export function action(
  name: string,
  role: Role,
  weight: ActionDescription['weight'],
  options: { input?: z.ZodType; blockedBy?: Action['blockedBy'] } = {},
): Action {
  return { name, role, weight, input: options.input ?? null, blockedBy: options.blockedBy ?? (() => undefined) }
}
