import { column } from '../../define.ts'
import type { EngineEvent, Kind } from '../../engine.ts'
import { instantOf } from '../instants.ts'
import type { EventReply } from '../replies.ts'

/** Columns are the fields of an `EngineEvent`; `of` is the kind of whom it speaks. */
export const events: Kind = {
  name: 'docker/events',
  category: 'event',
  singular: 'event',
  plural: 'events',
  namespaced: false,
  icon: 'activity',
  columns: [
    column('at', 'instant'),
    column('severity', 'text', { facet: true }),
    column('action', 'text', { facet: true }),
    column('of', 'kind', { facet: true }),
    column('name', 'name'),
  ],
  actions: [],
  tabs: ['overview', 'document'],
  streams: [],
  keyFacts: ['at', 'severity', 'action', 'of', 'name'],
}

const kindOfType: Record<string, string> = {
  container: 'docker/containers',
  image: 'docker/images',
  volume: 'docker/volumes',
  network: 'docker/networks',
}

/** Said of every health probe and of every copy and look, many times a minute: they would bury the rest. */
const noise = /^(exec_|top$|resize$|archive-path$|extract-to-dir$|attach$|detach$|export$|copy$)/

/**
 * An event as history keeps it; null for what is not kept. `nameOf` knows the names of networks and images, for which
 * some events carry the id alone. Pure.
 */
export function toEngineEvent(
  event: EventReply,
  keyOf: (kind: string, id: string, name: string | undefined) => { key: string; name: string },
): EngineEvent | null {
  const kind = kindOfType[event.Type]
  const at = event.timeNano ? instantOf(event.timeNano / 1e9) : instantOf(event.time)
  if (!kind || !at || noise.test(event.Action)) return null
  const { key, name } = keyOf(kind, event.Actor.ID, event.Actor.Attributes['name'])
  // `health_status: unhealthy` carries its value in its name.
  const [action = '', value] = event.Action.split(': ')
  const attributes = value ? { ...event.Actor.Attributes, status: value } : event.Actor.Attributes
  return { at, kind, key, name, namespace: null, action, severity: severityOf(action, attributes), attributes }
}

function severityOf(action: string, attributes: Record<string, string>): EngineEvent['severity'] {
  if (action === 'oom') return 'error'
  if (action === 'health_status') return attributes['status'] === 'unhealthy' ? 'error' : 'info'
  // Stopped on purpose ends by these; the `stop` beside it says the same.
  if (action === 'die') return ['0', '130', '137', '143'].includes(attributes['exitCode'] ?? '0') ? 'info' : 'error'
  // `kill` is any signal, part of every stop and restart; what it does to the container's health is told by itself.
  return action === 'destroy' || action === 'delete' ? 'warning' : 'info'
}
