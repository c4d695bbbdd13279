import { z } from 'zod'
import type { Actor } from '../../access/index.ts'
import { errorTable, isAppError, toWire } from '../../errors/index.ts'
import { RelatedRow } from '../../model/inventory.ts'
import type { LiveList } from '../../model/live.ts'
import { Reason } from '../../model/reason.ts'
import { Row } from '../../model/resource.ts'
import { settings } from '../../settings.ts'
import { connectTo } from '../engine-connections.ts'
import { QueryFlag, ResourcePlace } from '../inputs.ts'
import { operation } from '../operation.ts'
import { findTarget, type Target } from './target.ts'

/** Everything of one resource but its row. */
export const ResourceHead = z.object({
  /** The engine's own JSON; secret values are • with a fingerprint. */
  document: z.record(z.string(), z.unknown()),
  /** When the document was so. */
  documentAt: z.string(),
  /** `engine`: just read there · `inventory`: as sync last saw it. */
  documentFrom: z.enum(['engine', 'inventory']),
  /** Why the engine was not asked or did not answer, when it was to be. */
  documentError: z.object({ code: z.string(), message: z.string(), reason: Reason.optional() }).nullable(),
  relations: z.array(RelatedRow),
})
export type ResourceHead = z.infer<typeof ResourceHead>

const Input = ResourcePlace.extend({ fresh: QueryFlag.default(false).meta({ description: 'Read the document from the engine itself' }) })

const asKept = ({ found }: Target): ResourceHead => ({
  document: found.document,
  documentAt: found.row.observedAt,
  documentFrom: 'inventory',
  documentError: null,
  relations: found.relations,
})

/** When the engine does not answer, what was known is shown, and said to be that. */
async function asIsNow(target: Target, signal: AbortSignal, now: Date): Promise<ResourceHead> {
  const kept = asKept(target)
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(settings().engineTimeoutMs)])
    const { document } = await connectTo(target.environment).read(target.kind.name, target.found.row.key, limit)
    return { ...kept, document, documentAt: now.toISOString(), documentFrom: 'engine' }
  } catch (error) {
    if (
      !isAppError(error) ||
      !(errorTable[error.code].retry || error.code === 'not_found' || error.code === 'blocked' || error.code === 'engine_denied')
    )
      throw error
    return { ...kept, documentError: toWire(error) }
  }
}

export async function readOne(
  actor: Actor,
  input: z.output<typeof Input>,
  signal: AbortSignal,
  now: Date,
): Promise<LiveList<Row, ResourceHead>> {
  const target = await findTarget(actor, input)
  return { rows: [target.found.row], head: input.fresh ? await asIsNow(target, signal, now) : asKept(target) }
}

export const readResourceOperation = operation({
  name: 'resources.read',
  summary: 'One resource: its row, its document and what it is related to',
  requires: 'viewer',
  input: Input,
  output: z.object({ rows: z.array(Row), head: ResourceHead }),
  changes: false,
  // Relations are of other kinds: any row of the environment may be one of them.
  wakes: ({ environment }) => [{ topic: 'rows', environment }],
  run: ({ actor, signal, now }, input) => readOne(actor, input, signal, now()),
})
