import { AppError } from '../errors/index.ts'
import { covers, roleAt, verdictOf, type Scope, type Target, type Verdict } from '../model/rights.ts'
import { includesRole, type Binding, type Role } from '../model/role.ts'
import type { Actor } from './actor.ts'

export type { Scope, Target, Verdict }

/** Whether `role` is held at `target`, or the sentence why not. */
export const may = (actor: Actor, role: Role, target: Target): Verdict => verdictOf(actor.bindings, role, target)

/**
 * Goes on only where `role` is held. Throws `not_found` where the actor sees nothing at all (that something exists
 * there is a secret) and `forbidden` with the missing role otherwise.
 */
export function allow(actor: Actor, role: Role, target: Target): void {
  const verdict = may(actor, role, target)
  if (verdict.allowed) return
  if (!roleAt(actor.bindings, target))
    throw new AppError('not_found', 'There is nothing of this name, or you may not know of it.', { reason: { code: 'nothing_here' } })
  throw new AppError('forbidden', `This needs the role ${role} there.`, { reason: verdict.reason })
}

/**
 * Goes on only where the actor holds all of `bindings`: nobody gives, takes, or acts on a person who holds, more than
 * that. What the actor holds now counts, so one who was let in with less gives no more than this. Throws `forbidden`.
 */
export function allowOver(actor: Pick<Actor, 'bindings'>, bindings: readonly Binding[]): void {
  if (bindings.every((binding) => covers(actor.bindings, binding))) return
  throw new AppError('forbidden', 'This is about more than you hold yourself.', { reason: { code: 'beyond_own_rights' } })
}

/** Everywhere the actor holds at least `role`; empty is nowhere. For the WHERE of every list. */
export function scopeOf(actor: Actor, role: Role): Scope {
  const places = actor.bindings.filter((binding) => includesRole(binding.role, role))
  const fleet = places.some((binding) => binding.environment === null && binding.namespaces === null)
  return fleet ? [{ environment: null, namespaces: null }] : places.map(({ environment, namespaces }) => ({ environment, namespaces }))
}

/** Whether anything of an environment may be known: a role somewhere in it. */
export const knows = (actor: Actor, environment: string): boolean =>
  actor.bindings.some((binding) => binding.environment === null || binding.environment === environment)

/** For one that is not there and for one that may not be known of: nobody can tell which. */
export const noEnvironment = () =>
  new AppError('not_found', 'There is no such environment, or you may not know of it.', { reason: { code: 'environment_gone' } })

/** Whether the actor holds at least `role` anywhere at all. */
export const holds = (actor: Actor, role: Role): boolean => actor.bindings.some((binding) => includesRole(binding.role, role))

/** Whether the actor holds `role` over the whole fleet: what people and settings need. */
export const holdsEverywhere = (actor: Pick<Actor, 'bindings'>, role: Role): boolean =>
  actor.bindings.some((binding) => binding.environment === null && binding.namespaces === null && includesRole(binding.role, role))
