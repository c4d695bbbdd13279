export type { Binding } from './binding.ts'

/** Roles from least to most; each holds everything the ones before it hold. */
export const roles = ['viewer', 'deployer', 'operator', 'administrator'] as const
export type Role = (typeof roles)[number]

export const includesRole = (held: Role, needed: Role): boolean => roles.indexOf(held) >= roles.indexOf(needed)
