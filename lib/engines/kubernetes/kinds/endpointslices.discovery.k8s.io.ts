import type { V1EndpointSlice } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { createdAt, health, name, namespace } from '../columns.ts'
import { kubernetesKind, relation, type Verdict } from '../kind.ts'
import type { Json } from '../object.ts'
import { bounded, distinct, listOf, portText } from '../values.ts'

type Endpoint = NonNullable<Json<V1EndpointSlice>['endpoints']>[number]

export const endpointslices = kubernetesKind<Json<V1EndpointSlice>>({
  name: 'endpointslices.discovery.k8s.io',
  versions: ['v1'],
  manifestKind: 'EndpointSlice',
  category: 'cluster',
  section: 'network',
  singular: 'endpointslice',
  plural: 'endpointslices',
  icon: 'network',
  columns: [
    health,
    name,
    namespace,
    column('service', 'text', { facet: true }),
    column('addressType', 'text', { facet: true }),
    column('endpointPorts', 'list'),
    column('ready', 'number'),
    column('endpoints', 'number'),
    column('addresses', 'list'),
    column('nodes', 'list', { hidden: true }),
    column('zones', 'list', { facet: true, hidden: true }),
    createdAt,
  ],
  keyFacts: ['service', 'ready', 'endpoints', 'endpointPorts', 'addressType', 'addresses'],
  actions: basics(),
  summarise: ({ metadata, addressType, endpoints: given, ports }) => {
    const endpoints = listOf(given)
    const service = metadata.labels?.['kubernetes.io/service-name'] ?? null
    const ready = endpoints.filter(isReady).length
    const addresses = endpoints.flatMap((endpoint) => [...listOf(endpoint.addresses)])
    const pods = distinct(endpoints.map(podOf))
    const { namespace } = metadata
    return {
      ...verdictOn(ready, endpoints.length),
      facts: {
        service,
        addressType: addressType ?? null,
        // Without a number it is every port.
        endpointPorts: listOf(ports).map(({ port, protocol }) => portText(port ?? '*', protocol)),
        ready,
        endpoints: endpoints.length,
        addresses: bounded(addresses),
        nodes: bounded(distinct(endpoints.map(({ nodeName }) => nodeName))),
        zones: distinct(endpoints.map(({ zone }) => zone)),
      },
      relations: [
        ...(service ? [relation('service', 'services', service, namespace)] : []),
        ...pods.map((pod) => relation('pod', 'pods', pod, namespace)),
      ],
      searchTerms: [...addresses, ...pods],
    }
  },
})

/** Nobody having said that it is not means that it is. @see https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#conditions */
const isReady = ({ conditions }: Endpoint) => conditions?.ready ?? true

const podOf = ({ targetRef }: Endpoint) => (targetRef?.kind === 'Pod' ? targetRef.name : null)

function verdictOn(ready: number, all: number): Pick<Verdict, 'health' | 'state' | 'reason'> {
  if (all === 0) return { health: 'stopped', state: { code: 'empty' } }
  if (ready === 0) return { health: 'degraded', state: { code: 'none-ready' }, reason: { code: 'no-endpoint-ready', params: { all } } }
  return { health: 'healthy', state: { code: 'ready' } }
}
