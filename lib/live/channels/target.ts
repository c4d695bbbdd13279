import { scopeOf, type Actor } from '../../access/index.ts'
import { AppError } from '../../errors/index.ts'
import { kindOf } from '../../engines/index.ts'
import { readResource } from '../../inventory/index.ts'
import type { KindDescription } from '../../model/kind.ts'
import type { Reference } from '../../model/resource.ts'

/**
 * Goes on when the actor may see the resource and its kind has this stream. Throws `not_found` also when it exists and
 * may not be known of, `unsupported` when the kind has no such stream.
 */
export async function authoriseStream(actor: Actor, target: Reference, stream: KindDescription['streams'][number]): Promise<void> {
  const kind = kindOf(target.kind)
  if (!kind.streams.includes(stream)) throw new AppError('unsupported', `${kind.plural} have no ${stream}.`)
  const found = await readResource(target, scopeOf(actor, 'viewer'))
  if (!found)
    throw new AppError('not_found', `There is no ${kind.singular} ${target.key} there, or you may not know of it.`, {
      reason: { code: 'nothing_here' },
    })
}
