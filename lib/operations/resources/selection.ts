import { createHash } from 'node:crypto'
import { z } from 'zod'
import { scopeOf, type Actor } from '../../access/index.ts'
import { AppError } from '../../errors/index.ts'
import { matchingKeys } from '../../inventory/index.ts'
import { ResourceQuery } from '../../model/query.ts'
import { EnvironmentId, KindName } from '../inputs.ts'

export const mostSelected = 1_000

export const Selected = z.object({
  environment: EnvironmentId,
  kind: KindName,
  key: z.string().min(1).max(1000),
  uid: z.string().min(1).max(500),
})
export type Selected = z.infer<typeof Selected>

/** Which resources: by name, or all that match a query, as many as the person saw counted. */
export const Selection = z.union([
  z.object({ keys: z.array(Selected).min(1).max(mostSelected) }),
  z.object({ query: ResourceQuery, expected: z.number().int().min(1).max(mostSelected) }),
])
export type Selection = z.infer<typeof Selection>

/** A query frozen to the keys that match now. Throws `conflict` when they are not as many as were confirmed. */
export async function freeze(actor: Actor, selection: Selection): Promise<Selected[]> {
  // What is named twice is still done once.
  if ('keys' in selection) return [...new Map(selection.keys.map((one) => [rowKeyOf('', one), one])).values()]
  const { query, expected } = selection
  const keys = await matchingKeys(query, scopeOf(actor, 'viewer'), mostSelected + 1)
  if (keys.length !== expected)
    throw new AppError('conflict', `${keys.length} match now, not ${expected}. Look again and confirm.`, {
      reason: { code: 'selection_changed', params: { expected, found: keys.length } },
    })
  return keys.map(({ environment, kind, key, uid }) => ({ environment, kind, key, uid }))
}

/** One name for one wish of one person: repeated with the same key, it is the same batch. */
export function batchOf(userId: string, idempotencyKey: string): string {
  const hex = createHash('sha256').update(`${userId}\n${idempotencyKey}`).digest('hex')
  // Version 8 is for ids that are made of something.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** The key of one row's activity within a batch. */
export const rowKeyOf = (idempotencyKey: string, { environment, kind, key }: Selected): string =>
  createHash('sha256').update(`${idempotencyKey}\n${environment}\n${kind}\n${key}`).digest('base64url')
