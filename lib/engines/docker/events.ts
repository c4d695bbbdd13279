import type { IncomingMessage } from 'node:http'
import { AppError } from '../../errors/index.ts'
import { addressOf } from './address.ts'
import type { DockerApi } from './api.ts'
import { parseJson } from './failures.ts'
import type { KindName, SharedKind } from './inventory.ts'
import { splitLines } from '../common/lines.ts'
import type { Mailbox } from './mailbox.ts'
import { EventReply } from './replies.ts'
import { hideSecrets } from '../common/secrets.ts'
import { cleanse } from '../common/untrusted.ts'

const longestEvent = 2 ** 20

export interface SaidEvent {
  event: EventReply
  /** Nanoseconds since 1970, as digits: more than a number can hold. */
  cursor: string
}

/** Docker wants seconds and nanoseconds apart. */
const sinceOf = (cursor: string) => `${cursor.slice(0, -9) || '0'}.${cursor.slice(-9).padStart(9, '0')}`

/**
 * Subscribes to what the engine says from `cursor` on (all that it still remembers, at most 256 events, without one).
 * Once this answers, nothing is missed.
 */
export function openEvents(api: DockerApi, cursor: string | undefined, signal: AbortSignal): Promise<IncomingMessage> {
  const filters = JSON.stringify({ type: ['container', 'image', 'volume', 'network'] })
  return api.stream({ path: '/events', query: { since: cursor ? sinceOf(cursor) : '1', filters }, signal })
}

/** Reads events into the mailbox until the stream ends, which is always a failure: an engine never ends it while it lives. */
export async function pumpEvents(
  stream: IncomingMessage,
  api: DockerApi,
  after: string | undefined,
  mailbox: Mailbox<SaidEvent>,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const line of splitLines(stream, longestEvent)) {
      const said = parseEvent(parseJson(line, api.http.settings), line)
      if (said && (!after || BigInt(said.cursor) > BigInt(after))) mailbox.put(said)
    }
    const address = addressOf(api.http.settings)
    mailbox.fail(
      new AppError('engine_unreachable', `${address} ended its stream of events: Docker is stopping.`, {
        reason: { code: 'events-ended', params: { address } },
      }),
    )
  } catch (failure) {
    mailbox.fail(api.http.explain(failure, signal))
  }
}

function parseEvent(event: unknown, line: string): SaidEvent | null {
  const parsed = EventReply.safeParse(hideSecrets(cleanse(event)))
  const nano = /"timeNano":(\d{10,19})/.exec(line)?.[1]
  return parsed.success && nano ? { event: parsed.data, cursor: nano } : null
}

/** What has to be read again: containers by id, of the other kinds the whole list, which is one call. */
export interface Touched {
  containers: Set<string>
  kinds: Set<SharedKind>
}

const kindOfType: Record<string, KindName> = {
  container: 'docker/containers',
  image: 'docker/images',
  volume: 'docker/volumes',
  network: 'docker/networks',
}

/** Which objects may have changed by these events. `needsWatching` says of a container whether each of its probes matters. Pure. */
export function touchedBy(events: readonly SaidEvent[], needsWatching: (id: string) => boolean): Touched {
  const touched: Touched = { containers: new Set(), kinds: new Set() }
  for (const { event } of events) {
    const kind = kindOfType[event.Type]
    const { ID: id, Attributes: attributes } = event.Actor
    if (kind === 'docker/containers') {
      const probe = event.Action.startsWith('exec_')
      if (!probe || (event.Action === 'exec_die' && needsWatching(id))) touched.containers.add(id)
      if (event.Action === 'commit') touched.kinds.add('docker/images')
      continue
    }
    if (kind === undefined) continue
    if (attributes['container'] && /^(dis)?connect$|^u?n?mount$/.test(event.Action)) touched.containers.add(attributes['container'])
    else touched.kinds.add(kind)
  }
  return touched
}
