import { z } from 'zod'
import { AppError } from '../../errors/index.ts'
import { notKubernetes, Status, statusError } from './failures.ts'

/** What a line of a watch says. */
export type Line =
  | { type: 'change'; change: Change; version: string }
  /** Nothing but where it is. */
  | { type: 'mark'; version: string }

export interface Change {
  object: unknown
  gone: boolean
}

const LineReply = z.object({
  type: z.string(),
  object: z.looseObject({ kind: z.string(), metadata: z.looseObject({ resourceVersion: z.string().min(1) }) }),
})
const ErrorLine = z.object({ type: z.literal('ERROR'), object: Status })

/** @throws what an ERROR says · engine_failed for what is none of the API's lines */
export function readLine(text: string, manifestKind: string, address: string): Line {
  const raw = parseLine(text, address)
  const error = ErrorLine.safeParse(raw)
  if (error.success) throw statusError(error.data.object, address)
  const { data: line } = LineReply.safeParse(raw)
  if (line?.object.kind !== manifestKind) throw notKubernetes(address, 'json')
  const { resourceVersion: version } = line.object.metadata
  if (line.type === 'BOOKMARK') return { type: 'mark', version }
  // As it came: a schema would put its fields into another order than they have in a list.
  const { object } = raw as { object: unknown }
  return { type: 'change', change: { object, gone: line.type === 'DELETED' }, version }
}

function parseLine(text: string, address: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError('engine_failed', `${address} sent a line that is not JSON.`, {
      reason: { code: 'watch-line-broken', params: { address: address } },
      cause,
    })
  }
}
