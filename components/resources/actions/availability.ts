import type { Environment } from '#lib/model/environment.ts'
import type { Health } from '#lib/model/health.ts'
import type { ActionDescription, KindDescription } from '#lib/model/kind.ts'
import type { Reason } from '#lib/model/reason.ts'
import type { Row } from '#lib/model/resource.ts'
import { verdictOf } from '#lib/model/rights.ts'
import type { Binding } from '#lib/model/role.ts'

/** Whether a button is on. `blocked` is a code under `blocked` in lib/i18n: the row's own state forbids it. */
export type Availability = { on: true } | { on: false; reason: Reason } | { on: false; blocked: string }

/** Which places a person may act in, and which of them answer. */
export interface Circumstance {
  bindings: readonly Binding[]
  environments: ReadonlyMap<string, Environment>
}

/** A right that is missing is named before a state that forbids: nobody can do anything about the order of the two. */
export function availabilityOf(action: ActionDescription, row: Row, { bindings, environments }: Circumstance): Availability {
  const environment = environments.get(row.environment)
  const verdict = verdictOf(bindings, action.role, {
    environment: row.environment,
    namespace: row.namespace,
    environmentName: environment?.name,
  })
  if (!verdict.allowed) return { on: false, reason: verdict.reason }
  if (environment && (environment.state === 'stale' || environment.state === 'connecting'))
    return { on: false, reason: { code: 'environment_silent', params: { environment: environment.name } } }
  const blocked = row.blocked[action.name]
  return blocked ? { on: false, blocked } : { on: true }
}

/** For a selection: the first reason against, and of how many rows. */
export function availabilityOfAll(action: ActionDescription, rows: readonly Row[], circumstance: Circumstance): Availability {
  let off: Availability | undefined
  for (const row of rows) {
    const availability = availabilityOf(action, row, circumstance)
    // What single rows forbid by their state is told row by row in the result; only when all do is the button off.
    if (availability.on) return { on: true }
    if ('reason' in availability) return availability
    off ??= availability
  }
  return off ?? { on: true }
}

/** Actions that every one of these kinds has, as the first of them describes them. */
export const commonActions = (kinds: readonly KindDescription[]): ActionDescription[] =>
  (kinds[0]?.actions ?? []).filter((action) => kinds.every((kind) => kind.actions.some((a) => a.name === action.name)))

/** What is most likely to help, by health; the names are those that kinds of any engine give to such an action. */
const remedies: Partial<Record<Health, readonly string[]>> = {
  // What has ended is started, what still runs is restarted: the first that its state does not forbid.
  failing: ['start', 'restart'],
  degraded: ['restart', 'unpause'],
  stopped: ['start', 'unpause', 'resume', 'uncordon'],
  completed: ['start'],
  unknown: ['restart'],
}

/** The action for the primary button: the likeliest remedy that can be taken now. */
export function remedyOf(row: Row, actions: readonly ActionDescription[], circumstance: Circumstance): ActionDescription | undefined {
  return (remedies[row.health] ?? [])
    .map((name) => actions.find((action) => action.name === name))
    .find((action) => action && availabilityOf(action, row, circumstance).on)
}

const pairs: readonly (readonly [string, string])[] = [
  ['start', 'stop'],
  ['pause', 'unpause'],
  ['cordon', 'uncordon'],
  ['suspend', 'resume'],
]

/** The action that takes this one back, where the kind has it. */
export function reverseOf(action: string, actions: readonly ActionDescription[]): ActionDescription | undefined {
  const pair = pairs.find((p) => p.includes(action))
  const reverse = pair?.find((name) => name !== action)
  return actions.find((a) => a.name === reverse)
}
