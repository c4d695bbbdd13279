import { createHash } from 'node:crypto'
import type { Document, Summary } from '../../model/resource.ts'
import type { Observed } from '../engine.ts'

/** A summary before it has a version. */
export type Described = Omit<Summary, 'version'>

/** The version is a digest of all that is shown, so that an object read again unchanged is not written again. */
export function observe(described: Described, document: Document): Observed {
  const version = createHash('sha256')
    .update(JSON.stringify([described, document]))
    .digest('base64url')
    .slice(0, 22)
  return { summary: { ...described, version }, document }
}
