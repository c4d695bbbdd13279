import type { V1Secret } from '@kubernetes/client-node'
import type { Facts } from '../../../model/resource.ts'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { createdAt, health, name, namespace } from '../columns.ts'
import { kubernetesKind, relation } from '../kind.ts'
import type { Json, Stored } from '../object.ts'
import { understandSecret } from '../secret.ts'
import { distinct, exists } from '../values.ts'

export const secrets = kubernetesKind<Json<V1Secret>>({
  name: 'secrets',
  versions: ['v1'],
  manifestKind: 'Secret',
  category: 'secret',
  singular: 'secret',
  plural: 'secrets',
  icon: 'key-round',
  columns: [
    health,
    name,
    namespace,
    column('type', 'text', { facet: true }),
    column('keys', 'number'),
    column('bytes', 'bytes'),
    column('expiresAt', 'instant'),
    column('certificateNames', 'list'),
    column('issuer', 'text', { facet: true, hidden: true }),
    column('registries', 'list', { facet: true, hidden: true }),
    column('registryUsers', 'list', { hidden: true }),
    column('serviceAccount', 'text', { hidden: true }),
    column('immutable', 'boolean', { facet: true, hidden: true }),
    createdAt,
  ],
  keyFacts: ['type', 'keys', 'bytes', 'certificateNames', 'expiresAt', 'registries', 'serviceAccount'],
  actions: basics(),
  // A certificate is understood only while it can be read.
  seesSecrets: true,
  summarise: (secret) => {
    const { facts, isReadable } = understandSecret(secret)
    const { serviceAccount } = facts
    return {
      ...(isReadable ? exists : unreadable),
      facts,
      ...(typeof serviceAccount === 'string' && {
        relations: [relation('serviceaccount', 'serviceaccounts', serviceAccount, secret.metadata.namespace)],
      }),
      searchTerms: termsOf(facts, secret),
    }
  },
})

const unreadable = { health: 'degraded', state: { code: 'unreadable' }, reason: { code: 'certificate-not-read' } } as const

const termsOf = ({ certificateNames, registries }: Facts, { data }: Stored<Json<V1Secret>>): string[] =>
  distinct([...Object.keys(data ?? {}), ...[certificateNames, registries].flatMap((list) => (Array.isArray(list) ? list.map(String) : []))])
