import { z } from 'zod'
import { longestSecret, noSecret, secretsToSend, SecretValue, storedSecret, type ConnectionRequest } from './secrets.ts'

export const kubernetesWays = ['token', 'certificate', 'in-cluster'] as const
/** What is kept in the kubeconfig that the operator names is not entered here. */
const ways = [...kubernetesWays, 'kubeconfig'] as const
type Way = (typeof ways)[number]

export const kubernetesSecrets = ['ca', 'token', 'certificate', 'key'] as const
type SecretName = (typeof kubernetesSecrets)[number]

const used: Record<Way, readonly SecretName[]> = {
  token: ['ca', 'token'],
  certificate: ['ca', 'certificate', 'key'],
  'in-cluster': [],
  kubeconfig: [],
}
const begins: Partial<Record<SecretName, RegExp>> = {
  ca: /-----BEGIN CERTIFICATE-----/,
  certificate: /-----BEGIN CERTIFICATE-----/,
  key: /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
}

/** RFC 1123, as Kubernetes names namespaces. */
const namespaceName = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const namespacesIn = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean)

/** What is typed where an API server belongs, as a URL; null for what is none. Without a scheme it is https. */
function serverUrl(text: string): URL | null {
  const trimmed = text.trim()
  const url = URL.parse(/^[a-z]+:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`)
  return url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash ? url : null
}
const bare = (url: URL): string => url.href.replace(/\/$/, '')

/** The form of a Kubernetes cluster. Messages are keys under `environments.form`. */
export const KubernetesValues = z
  .object({
    way: z.enum(ways),
    /** Of the operator's kubeconfig. */
    context: z.string(),
    server: z.string(),
    serverName: z.string(),
    ca: SecretValue,
    token: SecretValue,
    certificate: SecretValue,
    key: SecretValue,
    /** With spaces or commas between; nothing: all. */
    namespaces: z.string(),
  })
  .superRefine((values, context) => {
    const fail = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (namespacesIn(values.namespaces).some((name) => !namespaceName.test(name))) fail('namespaces', 'namespacesNotValid')
    if (values.way === 'in-cluster' || values.way === 'kubeconfig') return
    const server = values.server.trim()
    if (!server || !serverUrl(server)) fail('server', server ? 'serverNotValid' : 'required')
    for (const name of used[values.way]) {
      const { state, text } = values[name]
      if (name !== 'ca' && state !== 'kept' && state !== 'new') fail(name, 'required')
      if (state !== 'new') continue
      if (text.length > longestSecret) fail(name, 'tooLarge')
      else if (begins[name] && !begins[name].test(text)) fail(name, 'pemNotValid')
    }
  })
export type KubernetesValues = z.infer<typeof KubernetesValues>

export const emptyKubernetes: KubernetesValues = {
  way: 'token',
  context: '',
  server: '',
  serverName: '',
  ca: noSecret,
  token: noSecret,
  certificate: noSecret,
  key: noSecret,
  namespaces: '',
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** The form of an environment that is being changed; `stored` names the secrets it has. */
export function fromKubernetesSettings(settings: Record<string, unknown>, stored: readonly string[]): KubernetesValues {
  const way = ways.find((one) => one === settings.auth) ?? 'token'
  const secrets = Object.fromEntries(kubernetesSecrets.map((name) => [name, storedSecret(stored, name)])) as Record<SecretName, SecretValue>
  const namespaces = Array.isArray(settings.namespaces) ? settings.namespaces.join(' ') : ''
  return {
    way,
    context: text(settings.context),
    server: text(settings.server),
    serverName: text(settings.serverName),
    ...secrets,
    namespaces,
  }
}

/** What the API is told. Stored secrets that this way has no use for are forgotten. */
export function toKubernetesRequest(values: KubernetesValues): ConnectionRequest {
  const { way, serverName, context } = values
  const namespaces = namespacesIn(values.namespaces)
  const limited = namespaces.length > 0 && { namespaces }
  const secrets = secretsToSend(values, kubernetesSecrets, used[way])
  if (way === 'in-cluster') return { settings: { auth: way, ...limited }, secrets }
  const server = serverUrl(values.server)
  if (way === 'kubeconfig') return { settings: { auth: way, context, server: server ? bare(server) : values.server, ...limited }, secrets }
  return {
    settings: {
      auth: way,
      server: server ? bare(server) : values.server.trim(),
      ...(serverName.trim() && { serverName: serverName.trim() }),
      ...limited,
    },
    secrets,
  }
}

/** Where it leads, for the sentence while it is being asked. */
export const kubernetesAddress = ({ way, server }: KubernetesValues): string => {
  if (way === 'in-cluster') return 'https://kubernetes.default.svc'
  const url = serverUrl(server)
  return url ? bare(url) : server.trim()
}
