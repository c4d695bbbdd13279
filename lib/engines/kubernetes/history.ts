import type { CoreV1Event } from '@kubernetes/client-node'
import { LRUCache } from 'lru-cache'
import { fingerprint } from '../../access/secrets.ts'
import { instantOf } from '../common/instants.ts'
import { hideInWords } from '../common/secrets.ts'
import { cleanseText } from '../common/untrusted.ts'
import type { EngineEvent } from '../engine.ts'
import { isStored } from './describe.ts'
import { keyOf, kindOfManifest } from './kind.ts'
import type { Json } from './object.ts'

/** An event that happens again and again is one object whose count grows, many times a second if need be. */
const atMostEveryMs = 60_000
const mostRemembered = 20_000
const longestMessage = 2_000

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Events as history keeps them: of one that goes on, at most one entry a minute. */
export class History {
  readonly #told = new LRUCache<string, number>({ max: mostRemembered })

  take(objects: readonly unknown[]): EngineEvent[] {
    return objects.flatMap((object) => {
      const event = toEngineEvent(object)
      if (!event) return []
      const { uid } = (object as { metadata: { uid: string } }).metadata
      const at = Date.parse(event.at)
      const before = this.#told.get(uid)
      if (before !== undefined && at - before < atMostEveryMs) return []
      this.#told.set(uid, at)
      return event
    })
  }
}

/** Null for what says nothing of anything. Pure. */
export function toEngineEvent(object: unknown): EngineEvent | null {
  if (!isStored(object)) return null
  const {
    involvedObject: of,
    reason,
    message,
    type,
    count,
    source,
    series,
    metadata,
    ...times
  } = object as typeof object & Partial<Json<CoreV1Event>>
  const at = [times.lastTimestamp, series?.lastObservedTime, times.eventTime, times.firstTimestamp, metadata.creationTimestamp]
    .map((instant) => instantOf(textOf(instant)))
    .find((instant) => instant !== null)
  if (!at || !of || !textOf(of.kind) || !textOf(of.name)) return null
  const name = cleanseText(textOf(of.name), 300)
  const namespace = textOf(of.namespace) ? cleanseText(textOf(of.namespace), 300) : null
  const repeated = series?.count ?? count ?? 1
  return {
    at,
    kind: kindOfManifest(textOf(of.apiVersion), cleanseText(textOf(of.kind), 100)),
    key: keyOf({ name, ...(namespace && { namespace }) }),
    name,
    namespace,
    action: cleanseText(textOf(reason) || 'event', 200),
    severity: type === 'Warning' ? 'warning' : 'info',
    attributes: {
      message: hideInWords(cleanseText(textOf(message), longestMessage), fingerprint),
      ...(repeated > 1 && { count: String(repeated) }),
      source: cleanseText(textOf(times.reportingComponent) || textOf(source?.component), 200),
    },
  }
}
