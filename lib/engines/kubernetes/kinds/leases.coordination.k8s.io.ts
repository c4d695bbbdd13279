import type { V1Lease } from '@kubernetes/client-node'
import { instantOf } from '../../common/instants.ts'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { createdAt, health, name, namespace } from '../columns.ts'
import { kubernetesKind } from '../kind.ts'
import type { Json } from '../object.ts'
import { distinct } from '../values.ts'

export const leases = kubernetesKind<Json<V1Lease>>({
  name: 'leases.coordination.k8s.io',
  versions: ['v1'],
  manifestKind: 'Lease',
  category: 'cluster',
  singular: 'lease',
  plural: 'leases',
  icon: 'server',
  columns: [
    health,
    name,
    namespace,
    column('holder', 'text', { facet: true }),
    column('renewedAt', 'instant'),
    column('acquiredAt', 'instant', { hidden: true }),
    column('durationSeconds', 'number'),
    column('transitions', 'number'),
    createdAt,
  ],
  keyFacts: ['holder', 'renewedAt', 'acquiredAt', 'durationSeconds', 'transitions'],
  actions: basics(),
  summarise: ({ spec }) => {
    const holder = spec?.holderIdentity || null
    return {
      // Whether it has run out is for whoever has a clock.
      ...(holder ? ({ health: 'healthy', state: { code: 'held' } } as const) : ({ health: 'stopped', state: { code: 'free' } } as const)),
      facts: {
        holder,
        renewedAt: instantOf(spec?.renewTime ?? ''),
        acquiredAt: instantOf(spec?.acquireTime ?? ''),
        durationSeconds: spec?.leaseDurationSeconds ?? null,
        transitions: spec?.leaseTransitions ?? 0,
      },
      searchTerms: distinct([holder]),
    }
  },
})
