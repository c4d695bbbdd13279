import { z } from 'zod'
import { longestSecret, noSecret, secretsToSend, SecretValue, storedSecret, type ConnectionRequest } from './secrets.ts'

export const tlsSecrets = ['ca', 'certificate', 'key'] as const
export const sshSecrets = ['sshKey', 'passphrase'] as const
export type TlsSecret = (typeof tlsSecrets)[number]
type SecretName = TlsSecret | (typeof sshSecrets)[number]

const begins: Record<TlsSecret, RegExp> = {
  ca: /-----BEGIN CERTIFICATE-----/,
  certificate: /-----BEGIN CERTIFICATE-----/,
  key: /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
}

/** A name, an IPv4 or an IPv6 address; one colon alone is that of a port, which has a field of its own. */
const isHost = (text: string) => /^[a-zA-Z0-9._-]+$/.test(text) || (/^[0-9a-fA-F:.]+$/.test(text) && text.split(':').length > 2)

export interface Address {
  host: string
  port?: string
  transport?: 'tcp' | 'tls' | 'ssh'
  user?: string
  path?: string
}

const transports: Record<string, Address['transport']> = { http: 'tcp', https: 'tls', ssh: 'ssh' }

/**
 * Takes apart what is pasted where only a host belongs: `tcp://build-01:2376`, `build-01:2376`, `[::1]:2376`, and as
 * docker's own command takes it `ssh://deploy@build-01/run/docker.sock`. Nothing for what is a host already, and for what
 * cannot be understood.
 */
export function addressIn(text: string): Address | null {
  const parts =
    /^(?:(?:(tcp|https?)|(ssh)):\/\/)?(?:([^\s:/@]+)@)?(?:\[([0-9a-fA-F:.]+)\]|([a-zA-Z0-9._-]+))(?::(\d{1,5}))?(\/\S*)?$/i.exec(
      text.trim(),
    )
  const [, scheme, ssh, user, bracketed, name, port, path = '/'] = parts ?? []
  const host = bracketed ?? name
  if (!host || host === text.trim() || (!ssh && (user || path !== '/'))) return null
  const transport = transports[(scheme ?? ssh)?.toLowerCase() ?? '']
  return { host, ...(port && { port }), ...(transport && { transport }), ...(user && { user }), ...(path !== '/' && { path }) }
}

/** The form of a Docker engine. Messages are keys under `environments.form`. */
export const DockerValues = z
  .object({
    transport: z.enum(['socket', 'tcp', 'tls', 'ssh']),
    /** Of the engine's socket: here, or by SSH on that machine. */
    path: z.string(),
    host: z.string(),
    port: z.string(),
    serverName: z.string(),
    ca: SecretValue,
    certificate: SecretValue,
    key: SecretValue,
    user: z.string(),
    signIn: z.enum(['key', 'agent']),
    sshKey: SecretValue,
    passphrase: SecretValue,
    /** Fingerprint of the host's key that a test has shown, or that was saved. */
    hostKey: z.string(),
  })
  .superRefine((values, context) => {
    const fail = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    if ((values.transport === 'socket' || values.transport === 'ssh') && !values.path.startsWith('/')) fail(['path'], 'pathNotValid')
    if (values.transport === 'socket') return
    const host = values.host.trim()
    if (!isHost(host)) fail(['host'], host ? 'hostNotValid' : 'required')
    const port = Number(values.port)
    if (!Number.isInteger(port) || port < 1 || port > 65_535) fail(['port'], 'portNotValid')
    if (values.transport === 'ssh') {
      if (!/^[^\s:/]{1,64}$/.test(values.user.trim())) fail(['user'], values.user.trim() ? 'userNotValid' : 'required')
      if (values.signIn === 'key' && !['kept', 'new'].includes(values.sshKey.state)) fail(['sshKey'], 'required')
      if (values.sshKey.text.length > longestSecret) fail(['sshKey'], 'tooLarge')
    }
    if (values.transport === 'tls')
      for (const name of tlsSecrets)
        if (values[name].state === 'new') {
          if (values[name].text.length > longestSecret) fail([name], 'tooLarge')
          else if (!begins[name].test(values[name].text)) fail([name], 'pemNotValid')
        }
  })
export type DockerValues = z.infer<typeof DockerValues>

export const usualPorts = { tcp: '2375', tls: '2376', ssh: '22' } as const

export const emptyDocker: DockerValues = {
  transport: 'socket',
  path: '/var/run/docker.sock',
  host: '',
  port: usualPorts.tls,
  serverName: '',
  ca: noSecret,
  certificate: noSecret,
  key: noSecret,
  user: '',
  signIn: 'key',
  sshKey: noSecret,
  passphrase: noSecret,
  hostKey: '',
}

const text = (value: unknown, usual: string) => (typeof value === 'string' || typeof value === 'number' ? String(value) : usual)

/** The form of an environment that is being changed; `stored` names the secrets it has. */
export function fromDockerSettings(settings: Record<string, unknown>, stored: readonly string[]): DockerValues {
  const transport = DockerValues.shape.transport.safeParse(settings.transport)
  const secret = (name: SecretName): SecretValue => storedSecret(stored, name)
  return {
    transport: transport.success ? transport.data : 'socket',
    path: text(settings.path, emptyDocker.path),
    host: text(settings.host, ''),
    port: text(settings.port, usualPorts.tls),
    serverName: text(settings.serverName, ''),
    ca: secret('ca'),
    certificate: secret('certificate'),
    key: secret('key'),
    user: text(settings.user, ''),
    signIn: settings.signIn === 'agent' ? 'agent' : 'key',
    sshKey: secret('sshKey'),
    passphrase: secret('passphrase'),
    hostKey: text(settings.hostKey, ''),
  }
}

const secretsFor = (values: DockerValues, used: readonly SecretName[]) => secretsToSend(values, [...tlsSecrets, ...sshSecrets], used)

/** What the API is told. Stored secrets that this way has no use for are forgotten. */
export function toDockerRequest(values: DockerValues): ConnectionRequest {
  const { transport, path, serverName, signIn, user, hostKey } = values
  if (transport === 'socket') return { settings: { transport, path: path.trim() }, secrets: secretsFor(values, []) }
  const settings = { transport, host: values.host.trim(), port: Number(values.port) }
  if (transport === 'tcp') return { settings, secrets: secretsFor(values, []) }
  if (transport === 'tls')
    return {
      settings: { ...settings, ...(serverName.trim() && { serverName: serverName.trim() }) },
      secrets: secretsFor(values, tlsSecrets),
    }
  return {
    settings: { ...settings, user: user.trim(), path: path.trim(), signIn, ...(hostKey && { hostKey }) },
    secrets: secretsFor(values, signIn === 'key' ? sshSecrets : []),
  }
}

/** Where it leads, for the sentence while it is being asked. */
export const dockerAddress = ({ transport, path, host, port, user }: DockerValues): string =>
  transport === 'socket' ? `unix://${path}` : `${transport}://${transport === 'ssh' ? `${user.trim()}@` : ''}${host.trim()}:${port}`
