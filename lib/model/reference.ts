import type { Reference } from './resource.ts'

/** `environment/kind/key` in one string, for maps and React keys. */
export const nameOf = (r: Reference): string => `${r.environment}\n${r.kind}\n${r.key}`
