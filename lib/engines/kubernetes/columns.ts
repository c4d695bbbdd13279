import { column } from '../define.ts'

/** What the kinds have in common, in the order that lists have them. */
export const health = column('health', 'health', { facet: true })
export const name = column('name', 'name')
export const namespace = column('namespace', 'text', { facet: true })
export const createdAt = column('createdAt', 'instant')
