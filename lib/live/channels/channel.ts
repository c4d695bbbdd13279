import type { Actor } from '../../access/index.ts'
import type { ChannelName } from '../../model/live.ts'
import type { Sink } from '../sink.ts'

/** One sort of stream. */
export interface Channel {
  name: ChannelName
  /** May they? Throws AppError. Asked before it opens and whenever access changed. */
  authorise(actor: Actor, params: unknown): Promise<void>
  /** Sends into the sink until its signal or `signal` ends; whatever it throws closes the channel with that error. */
  open(actor: Actor, params: unknown, sink: Sink, signal: AbortSignal): Promise<void>
  /** What it sends depends on the rights themselves: it begins anew when they changed. */
  reopensWithRights: boolean
}
