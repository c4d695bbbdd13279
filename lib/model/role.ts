import type { Binding } from './binding.ts'

export type { Binding } from './binding.ts'

/** Roles from least to most; each holds everything the ones before it hold. */
export const roles = ['viewer', 'deployer', 'operator', 'administrator'] as const
export type Role = (typeof roles)[number]

export const includesRole = (held: Role, needed: Role): boolean => roles.indexOf(held) >= roles.indexOf(needed)

/** The same places at `most` at the most: what a token of that role gives of what its person holds. */
export const capBindings = (bindings: readonly Binding[], most: Role): Binding[] =>
  bindings.map((binding) => (includesRole(binding.role, most) ? { ...binding, role: most } : binding))

/** One binding written down twice; the order of namespaces says nothing. */
export const sameBinding = (one: Binding, other: Binding): boolean =>
  one.role === other.role &&
  one.environment === other.environment &&
  (one.namespaces?.toSorted().join('\n') ?? null) === (other.namespaces?.toSorted().join('\n') ?? null)
