import type { V1Ingress } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { createdAt, name, namespace } from '../columns.ts'
import { kubernetesKind, relation } from '../kind.ts'
import type { Json } from '../object.ts'
import { bounded, distinct, exists, listOf } from '../values.ts'

type Ingress = Json<V1Ingress>
type Backend = NonNullable<NonNullable<Ingress['spec']>['defaultBackend']>

/** How a class was named before there was a field for it. */
const classAnnotation = 'kubernetes.io/ingress.class'

export const ingresses = kubernetesKind<Ingress>({
  name: 'ingresses.networking.k8s.io',
  versions: ['v1'],
  manifestKind: 'Ingress',
  category: 'network',
  singular: 'ingress',
  plural: 'ingresses',
  icon: 'network',
  columns: [
    name,
    namespace,
    column('class', 'text', { facet: true }),
    column('hosts', 'list', { facet: true }),
    column('addresses', 'list'),
    column('tls', 'boolean', { facet: true }),
    column('routes', 'list'),
    column('services', 'list', { facet: true, hidden: true }),
    column('url', 'link', { hidden: true }),
    createdAt,
  ],
  keyFacts: ['class', 'url', 'addresses', 'tls', 'routes'],
  actions: basics(),
  summarise: (ingress) => {
    const { metadata, spec, status } = ingress
    const { namespace } = metadata
    const className = spec?.ingressClassName ?? metadata.annotations?.[classAnnotation] ?? null
    const secrets = distinct(listOf(spec?.tls).map(({ secretName }) => secretName))
    const paths = pathsOf(ingress)
    const hosts = distinct(listOf(spec?.rules).map(({ host }) => host))
    const addresses = distinct(listOf(status?.loadBalancer?.ingress).map(({ ip, hostname }) => ip ?? hostname))
    const services = distinct(paths.map(({ backend }) => backend?.service?.name))
    const routes = paths.map(({ host, path, backend }) => `${host}${path} → ${backendText(backend)}`)
    return {
      ...exists,
      facts: {
        class: className,
        hosts: bounded(hosts),
        addresses,
        tls: listOf(spec?.tls).length > 0,
        routes: bounded(routes),
        services: bounded(services),
        url: urlOf(ingress),
      },
      relations: [
        ...services.map((service) => relation('service', 'services', service, namespace)),
        ...secrets.map((secret) => relation('certificate', 'secrets', secret, namespace)),
        ...(className ? [relation('class', 'ingressclasses.networking.k8s.io', className)] : []),
      ],
      searchTerms: distinct([...hosts, ...addresses, ...routes, ...secrets]),
    }
  },
})

interface Path {
  /** `*` is any. */
  host: string
  path: string
  backend: Backend | undefined
}

function pathsOf({ spec }: Ingress): Path[] {
  const given = listOf(spec?.rules).flatMap(({ host, http }) =>
    listOf(http?.paths).map(({ path, backend }) => ({ host: host ?? '*', path: path ?? '/', backend })),
  )
  return spec?.defaultBackend ? [...given, { host: '*', path: '/', backend: spec.defaultBackend }] : given
}

function backendText(backend: Backend | undefined): string {
  if (backend?.resource) return `${backend.resource.kind}/${backend.resource.name}`
  const port = backend?.service?.port
  return `${backend?.service?.name ?? '–'}:${port?.name ?? port?.number ?? '–'}`
}

/** Where one would look at it: the first host that is a name and no pattern. */
function urlOf({ spec }: Ingress): string | null {
  const rule = listOf(spec?.rules).find(({ host }) => host && !host.startsWith('*'))
  if (!rule?.host) return null
  const isSecure = listOf(spec?.tls).some(({ hosts }) => listOf(hosts).length === 0 || listOf(hosts).includes(rule.host!))
  const path = listOf(rule.http?.paths)[0]?.path ?? '/'
  return `${isSecure ? 'https' : 'http'}://${rule.host}${path.startsWith('/') ? path : '/'}`
}
