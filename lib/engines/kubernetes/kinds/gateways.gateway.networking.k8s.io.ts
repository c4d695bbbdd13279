import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { createdAt, health, name, namespace } from '../columns.ts'
import { because, conditionOf, type Condition } from './conditions.ts'
import { referred, waitsForController, type ObjectReference } from '../gateway.ts'
import { kubernetesKind, relation, type Verdict } from '../kind.ts'
import type { KubernetesObject } from '../object.ts'
import { bounded, distinct, listOf } from '../values.ts'

interface Gateway extends KubernetesObject {
  spec?: {
    gatewayClassName?: string
    listeners?: { name?: string; hostname?: string; port?: number; protocol?: string; tls?: { certificateRefs?: ObjectReference[] } }[]
  }
  status?: {
    addresses?: { value?: string }[]
    conditions?: Condition[]
    listeners?: { attachedRoutes?: number }[]
  }
}

export const gateways = kubernetesKind<Gateway>({
  name: 'gateways.gateway.networking.k8s.io',
  versions: ['v1', 'v1beta1'],
  manifestKind: 'Gateway',
  category: 'network',
  singular: 'gateway',
  plural: 'gateways',
  icon: 'network',
  columns: [
    health,
    name,
    namespace,
    column('class', 'text', { facet: true }),
    column('addresses', 'list'),
    column('listeners', 'list'),
    column('hosts', 'list', { facet: true, hidden: true }),
    column('attachedRoutes', 'number'),
    createdAt,
  ],
  keyFacts: ['class', 'addresses', 'listeners', 'hosts', 'attachedRoutes'],
  actions: basics(),
  summarise: (gateway) => {
    const { metadata, spec, status } = gateway
    const className = spec?.gatewayClassName ?? null
    const listeners = listOf(spec?.listeners)
    const certificates = listeners.flatMap(({ tls }) => listOf(tls?.certificateRefs)).map((one) => ({ group: '', kind: 'Secret', ...one }))
    const addresses = distinct(listOf(status?.addresses).map(({ value }) => value))
    const hosts = distinct(listeners.map(({ hostname }) => hostname))
    return {
      ...verdictOn(gateway),
      facts: {
        class: className,
        addresses,
        listeners: bounded(listeners.map(({ name, port, protocol }) => `${name}: ${port}/${protocol}`)),
        hosts: bounded(hosts),
        attachedRoutes: listOf(status?.listeners).reduce((sum, { attachedRoutes }) => sum + (attachedRoutes ?? 0), 0),
      },
      relations: [
        ...(className ? [relation('class', 'gatewayclasses.gateway.networking.k8s.io', className)] : []),
        ...certificates.flatMap((one) => referred('certificate', one, metadata.namespace)),
      ],
      searchTerms: [...addresses, ...hosts],
    }
  },
})

/** @see https://gateway-api.sigs.k8s.io/reference/spec/#gatewayconditiontype */
function verdictOn({ status }: Gateway): Pick<Verdict, 'health' | 'state' | 'reason' | 'since'> {
  const [accepted, programmed] = [conditionOf(status?.conditions, 'Accepted'), conditionOf(status?.conditions, 'Programmed')]
  if (accepted?.status === 'False') return because(accepted, 'failing', 'refused', 'controller-refused')
  if (programmed?.status === 'True') return { health: 'healthy', state: { code: 'ready' } }
  return programmed?.status === 'False' ? because(programmed, 'degraded', 'not-ready', 'gateway-not-programmed') : waitsForController
}
