import type { CoreV1Event } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { name, namespace } from '../columns.ts'
import { kubernetesKind } from '../kind.ts'
import type { Json } from '../object.ts'

/** Columns are the fields of an `EngineEvent`; what is followed of it becomes history, not rows. */
export const events = kubernetesKind<Json<CoreV1Event>>({
  name: 'events',
  versions: ['v1'],
  manifestKind: 'Event',
  category: 'event',
  singular: 'event',
  plural: 'events',
  icon: 'activity',
  columns: [
    column('at', 'instant'),
    column('severity', 'severity', { facet: true }),
    column('action', 'event', { facet: true }),
    column('of', 'kind', { facet: true }),
    name,
    namespace,
  ],
  keyFacts: ['at', 'severity', 'action', 'of', 'name', 'namespace'],
  tabs: ['overview', 'yaml'],
  summarise: ({ type, reason }) => ({
    health: type === 'Warning' ? 'degraded' : 'completed',
    state: { code: 'event', params: { action: reason ?? '' } },
    facts: {},
  }),
})
