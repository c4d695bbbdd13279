import type { V1Service } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { createdAt, health, name, namespace } from '../columns.ts'
import { kubernetesKind, type Verdict } from '../kind.ts'
import type { Json } from '../object.ts'
import { distinct, entriesOf, exists, listOf, portText } from '../values.ts'

type Service = Json<V1Service>

export const services = kubernetesKind<Service>({
  name: 'services',
  versions: ['v1'],
  manifestKind: 'Service',
  category: 'network',
  singular: 'service',
  plural: 'services',
  icon: 'network',
  columns: [
    health,
    name,
    namespace,
    column('type', 'text', { facet: true }),
    column('clusterIps', 'list'),
    column('externalAddresses', 'list'),
    column('ports', 'ports'),
    column('selector', 'text'),
    column('headless', 'boolean', { facet: true, hidden: true }),
    column('sessionAffinity', 'text', { facet: true, hidden: true }),
    column('trafficPolicy', 'text', { facet: true, hidden: true }),
    column('ipFamilies', 'list', { facet: true, hidden: true }),
    column('loadBalancerClass', 'text', { facet: true, hidden: true }),
    createdAt,
  ],
  keyFacts: ['type', 'clusterIps', 'externalAddresses', 'ports', 'selector', 'sessionAffinity', 'trafficPolicy'],
  tabs: ['overview', 'logs', 'events', 'yaml'],
  streams: ['logs'],
  actions: basics(),
  summarise: (service) => {
    const { spec } = service
    const clusterIps = distinct([spec?.clusterIP, ...listOf(spec?.clusterIPs)])
    const externalAddresses = addressesOf(service)
    const ports = listOf(spec?.ports)
    const type = spec?.type ?? 'ClusterIP'
    return {
      ...(type === 'LoadBalancer' && externalAddresses.length === 0 ? withoutAddress : exists),
      facts: {
        type,
        clusterIps,
        externalAddresses,
        ports: ports.map(({ port, nodePort, protocol }) => ({
          hostIp: null,
          hostPort: nodePort ?? null,
          port,
          protocol: protocol ?? 'TCP',
        })),
        selector: entriesOf(spec?.selector)
          .map(([label, value]) => `${label}=${value}`)
          .join(','),
        headless: spec?.clusterIP === 'None',
        sessionAffinity: spec?.sessionAffinity ?? 'None',
        trafficPolicy: spec?.externalTrafficPolicy ?? spec?.internalTrafficPolicy ?? null,
        ipFamilies: [...listOf(spec?.ipFamilies)],
        loadBalancerClass: spec?.loadBalancerClass ?? null,
      },
      searchTerms: [
        ...clusterIps,
        ...externalAddresses,
        ...ports.flatMap(({ port, nodePort, name, protocol }) =>
          distinct([nodePort ? `${port}:${portText(nodePort, protocol)}` : portText(port, protocol), name]),
        ),
      ],
    }
  },
})

const withoutAddress = {
  health: 'moving',
  state: { code: 'pending' },
  reason: { code: 'waits-for-address' },
} as const satisfies Partial<Verdict>

/** Where it answers outside of the cluster, or where its name leads. */
const addressesOf = ({ spec, status }: Service): string[] =>
  distinct([
    ...listOf(status?.loadBalancer?.ingress).map(({ ip, hostname }) => ip ?? hostname),
    ...listOf(spec?.externalIPs),
    spec?.type === 'ExternalName' ? spec.externalName : null,
  ])
