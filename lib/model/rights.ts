import type { Reason } from './reason.ts'
import { includesRole, type Binding, type Role } from './role.ts'

/** What a role is asked for: an environment's id and the namespace in it, null for what has none. */
export interface Target {
  environment: string
  namespace: string | null
  /** Its name, for the sentence that says what is missing. */
  environmentName?: string
}

export type Verdict = { allowed: true } | { allowed: false; reason: Reason }

/** Where a role is held, for SQL: each entry is one place, null means "any"; an empty list is nowhere. */
export type Scope = { environment: string | null; namespaces: string[] | null }[]

/** The part of a scope that lies in one environment. */
export const within = (scope: Scope, environment: string): Scope =>
  scope.filter((place) => place.environment === null || place.environment === environment).map((place) => ({ ...place, environment }))

/** A namespace binding reaches nothing without a namespace: what has none belongs to the whole environment. */
const reaches = (binding: Binding, target: Target): boolean =>
  (binding.environment === null || binding.environment === target.environment) &&
  (binding.namespaces === null || (target.namespace !== null && binding.namespaces.includes(target.namespace)))

/** Whether `held` reaches everywhere that `wanted` does, at no lesser role. */
const reachesAllOf = (held: Binding, wanted: Omit<Binding, 'namespaces'>, namespace: string | null): boolean =>
  includesRole(held.role, wanted.role) &&
  (held.environment === null || held.environment === wanted.environment) &&
  (held.namespaces === null || (namespace !== null && held.namespaces.includes(namespace)))

/** Whether whoever holds `held` holds at least all that `wanted` gives: what they may hand on. */
export const covers = (held: readonly Binding[], wanted: Binding): boolean =>
  (wanted.namespaces ?? [null]).every((namespace) => held.some((binding) => reachesAllOf(binding, wanted, namespace)))

/** The strongest role that these bindings give there, or null. */
export function roleAt(bindings: readonly Binding[], target: Target): Role | null {
  let best: Role | null = null
  for (const binding of bindings) if (reaches(binding, target) && (!best || includesRole(binding.role, best))) best = binding.role
  return best
}

/**
 * Whether `role` is held there, and if not the sentence for a button that is off. The browser asks it to draw,
 * the server (lib/access) to decide.
 */
export function verdictOf(bindings: readonly Binding[], role: Role, target: Target): Verdict {
  const held = roleAt(bindings, target)
  if (held && includesRole(held, role)) return { allowed: true }
  const params = { role, held: held ?? 'none' }
  const reason = target.environmentName
    ? { code: 'needs_role_in', params: { ...params, environment: target.environmentName } }
    : { code: 'needs_role', params }
  return { allowed: false, reason }
}
