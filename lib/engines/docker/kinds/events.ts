import { column } from '../../define.ts'
import type { EngineEvent, Kind } from '../../engine.ts'
import { instantOf } from '../../common/instants.ts'
import type { EventReply } from '../replies.ts'
import { askedToEnd } from './container-health.ts'

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
    column('severity', 'severity', { facet: true }),
    column('action', 'event', { facet: true }),
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

/**
 * Said of every health probe and of every copy and look, many times a minute: they would bury the rest. `prune` is about
 * nothing in particular; what it removed is told one by one.
 */
const noise = /^(exec_|top$|resize$|archive-path$|extract-to-dir$|attach$|detach$|export$|copy$|prune$)/

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
  const { oldName, ...others } = event.Actor.Attributes
  const attributes = { ...others, ...(value && { status: value }), ...(oldName && { oldName: oldName.replace(/^\//, '') }) }
  return { at, kind, key, name, namespace: null, action, severity: severityOf(action, attributes), attributes }
}

/** Only what went wrong is more than a note: what is stopped, killed or removed is so because somebody asked for it. */
function severityOf(action: string, attributes: Record<string, string>): EngineEvent['severity'] {
  if (action === 'oom') return 'error'
  if (action === 'health_status') return attributes['status'] === 'unhealthy' ? 'error' : 'info'
  const exitCode = Number(attributes['exitCode'] ?? 0)
  return action === 'die' && exitCode !== 0 && !(exitCode in askedToEnd) ? 'error' : 'info'
}
