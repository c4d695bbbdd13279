import { z } from 'zod'
import { channels } from './live.ts'

/** What a browser says on the socket. */
export const ClientFrame = z.discriminatedUnion('op', [
  z.object({ op: z.literal('open'), id: z.string().max(40), channel: z.enum(channels), params: z.unknown() }),
  /** To the other end of a channel that listens; others ignore it. */
  z.object({ op: z.literal('say'), id: z.string().max(40), data: z.unknown() }),
  z.object({ op: z.literal('close'), id: z.string().max(40) }),
  /** So many data frames of this channel were taken in; the server stops at 8 that were not. */
  z.object({ op: z.literal('ack'), id: z.string().max(40), count: z.number().int().min(1) }),
])
export type ClientFrame = z.infer<typeof ClientFrame>
