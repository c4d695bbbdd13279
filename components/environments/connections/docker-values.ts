import { z } from 'zod'

/** What is being done to a secret: nobody sees the one that is stored. */
export const SecretValue = z.object({ state: z.enum(['none', 'kept', 'forgotten', 'new']), text: z.string() })
export type SecretValue = z.infer<typeof SecretValue>

export const secretNames = ['ca', 'certificate', 'key'] as const
export type SecretName = (typeof secretNames)[number]

const largest = 100_000
const begins: Record<SecretName, RegExp> = {
  ca: /-----BEGIN CERTIFICATE-----/,
  certificate: /-----BEGIN CERTIFICATE-----/,
  key: /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
}

/** A name, an IPv4 or an IPv6 address; one colon alone is that of a port, which has a field of its own. */
const isHost = (text: string) => /^[a-zA-Z0-9._-]+$/.test(text) || (/^[0-9a-fA-F:.]+$/.test(text) && text.split(':').length > 2)

export interface Address {
  host: string
  port?: string
  transport?: 'tcp' | 'tls'
}

const transports: Record<string, Address['transport']> = { http: 'tcp', https: 'tls' }

/**
 * Takes apart what is pasted where only a host belongs: `tcp://build-01:2376`, `build-01:2376`, `[::1]:2376`. Nothing for
 * what is a host already, and for what cannot be understood.
 */
export function addressIn(text: string): Address | null {
  const parts = /^(?:(tcp|https?):\/\/)?(?:\[([0-9a-fA-F:.]+)\]|([a-zA-Z0-9._-]+))(?::(\d{1,5}))?\/?$/i.exec(text.trim())
  const [, scheme, bracketed, name, port] = parts ?? []
  const host = bracketed ?? name
  if (!host || host === text.trim()) return null
  const transport = transports[scheme?.toLowerCase() ?? '']
  return { host, ...(port && { port }), ...(transport && { transport }) }
}

/** The form of a Docker engine. Messages are keys under `environments.form`. */
export const DockerValues = z
  .object({
    transport: z.enum(['socket', 'tcp', 'tls']),
    path: z.string(),
    host: z.string(),
    port: z.string(),
    serverName: z.string(),
    ca: SecretValue,
    certificate: SecretValue,
    key: SecretValue,
  })
  .superRefine((values, context) => {
    const fail = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    if (values.transport === 'socket') {
      if (!values.path.startsWith('/')) fail(['path'], 'pathNotValid')
      return
    }
    const host = values.host.trim()
    if (!isHost(host)) fail(['host'], host ? 'hostNotValid' : 'required')
    const port = Number(values.port)
    if (!Number.isInteger(port) || port < 1 || port > 65_535) fail(['port'], 'portNotValid')
    if (values.transport === 'tls')
      for (const name of secretNames)
        if (values[name].state === 'new') {
          if (values[name].text.length > largest) fail([name], 'tooLarge')
          else if (!begins[name].test(values[name].text)) fail([name], 'pemNotValid')
        }
  })
export type DockerValues = z.infer<typeof DockerValues>

const noSecret: SecretValue = { state: 'none', text: '' }
export const usualPorts = { tcp: '2375', tls: '2376' } as const

export const emptyDocker: DockerValues = {
  transport: 'socket',
  path: '/var/run/docker.sock',
  host: '',
  port: usualPorts.tls,
  serverName: '',
  ca: noSecret,
  certificate: noSecret,
  key: noSecret,
}

const text = (value: unknown, usual: string) => (typeof value === 'string' || typeof value === 'number' ? String(value) : usual)

/** The form of an environment that is being changed; `stored` names the secrets it has. */
export function fromDockerSettings(settings: Record<string, unknown>, stored: readonly string[]): DockerValues {
  const transport = DockerValues.shape.transport.safeParse(settings.transport)
  const secret = (name: SecretName): SecretValue => (stored.includes(name) ? { state: 'kept', text: '' } : noSecret)
  return {
    transport: transport.success ? transport.data : 'socket',
    path: text(settings.path, emptyDocker.path),
    host: text(settings.host, ''),
    port: text(settings.port, usualPorts.tls),
    serverName: text(settings.serverName, ''),
    ca: secret('ca'),
    certificate: secret('certificate'),
    key: secret('key'),
  }
}

export interface ConnectionRequest {
  settings: Record<string, unknown>
  /** What is not named is kept; null is forgotten. */
  secrets: Record<string, string | null>
}

/** What the API is told. Plain ways have no secrets: stored ones are forgotten. */
export function toDockerRequest(values: DockerValues): ConnectionRequest {
  const { transport, path, serverName } = values
  const host = values.host.trim()
  if (transport === 'socket') return { settings: { transport, path: path.trim() }, secrets: forgetAll(values) }
  const settings = { transport, host, port: Number(values.port) }
  if (transport === 'tcp') return { settings, secrets: forgetAll(values) }
  const secrets = secretNames.flatMap((name): [string, string | null][] => {
    const { state, text: pem } = values[name]
    return state === 'new' ? [[name, pem]] : state === 'forgotten' ? [[name, null]] : []
  })
  return { settings: { ...settings, ...(serverName.trim() && { serverName: serverName.trim() }) }, secrets: Object.fromEntries(secrets) }
}

const forgetAll = (values: DockerValues): Record<string, null> =>
  Object.fromEntries(secretNames.filter((name) => ['kept', 'forgotten'].includes(values[name].state)).map((name) => [name, null]))

/** Where it leads, for the sentence while it is being asked. */
export const dockerAddress = ({ transport, path, host, port }: DockerValues): string =>
  transport === 'socket' ? `unix://${path}` : `${transport}://${host.trim()}:${port}`
