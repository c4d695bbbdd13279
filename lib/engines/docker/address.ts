import { z } from 'zod'

const host = z
  .string()
  .trim()
  .min(1)
  .max(255)
  .regex(/^[a-zA-Z0-9._:-]+$/)
const port = z.number().int().min(1).max(65_535)

/** 107 bytes are all that the address of a unix socket can hold. */
const path = z.string().startsWith('/').max(107)
const usualPath = '/var/run/docker.sock'

/** What a person enters to connect a Docker engine. */
export const DockerSettings = z.discriminatedUnion('transport', [
  z.object({ transport: z.literal('socket'), path }),
  z.object({ transport: z.literal('tcp'), host, port: port.default(2375) }),
  /** `serverName` is the name that the certificate is for, when it is not the host's. */
  z.object({ transport: z.literal('tls'), host, port: port.default(2376), serverName: host.optional() }),
  z.object({
    transport: z.literal('ssh'),
    host,
    port: port.default(22),
    user: z
      .string()
      .trim()
      .regex(/^[^\s:/]{1,64}$/),
    /** Of the engine's socket on that machine. */
    path: path.default(usualPath),
    signIn: z.enum(['key', 'agent']).default('key'),
    /** Fingerprint of the only key that the machine may show; without it any is taken, and nothing is saved. */
    hostKey: z
      .string()
      .regex(/^SHA256:[A-Za-z0-9+/]{43}$/)
      .optional(),
  }),
])
export type DockerSettings = z.infer<typeof DockerSettings>
export type SshSettings = Extract<DockerSettings, { transport: 'ssh' }>

const pem = (label: string) =>
  z
    .string()
    .max(100_000)
    .refine((text) => text.includes(`-----BEGIN ${label}`), { message: `expected PEM with BEGIN ${label}` })

/** `ca`, `certificate` and `key` are PEM texts of TLS; without `ca` the system's own authorities are trusted. */
export const DockerSecrets = z.object({
  ca: pem('CERTIFICATE').optional(),
  certificate: pem('CERTIFICATE').optional(),
  key: z
    .string()
    .max(100_000)
    .regex(/-----BEGIN [A-Z ]*PRIVATE KEY-----/)
    .optional(),
  /** What it is, and whether it can be read, is said where it is used. */
  sshKey: z.string().max(100_000).optional(),
  passphrase: z.string().max(1_000).optional(),
})
export type DockerSecrets = z.infer<typeof DockerSecrets>

const bracketed = (name: string) => (name.includes(':') ? `[${name}]` : name)

/** `unix:///var/run/docker.sock`, `tcp://build-01:2375`, `tls://build-01:2376`, `ssh://deploy@build-01` (what is usual is left out). */
export function addressOf(settings: DockerSettings): string {
  if (settings.transport === 'socket') return `unix://${settings.path}`
  if (settings.transport !== 'ssh') return `${settings.transport}://${bracketed(settings.host)}:${settings.port}`
  const { user, host: name, port: at, path: socket } = settings
  return `ssh://${user}@${bracketed(name)}${at === 22 ? '' : `:${at}`}${socket === usualPath ? '' : socket}`
}

/** Reads what `DOCKER_HOST` holds; null for what Portolan does not speak (npipe), or not without being told more (ssh). */
export function parseDockerHost(value: string, tls: boolean): DockerSettings | null {
  if (value.startsWith('unix://')) {
    const parsed = DockerSettings.safeParse({ transport: 'socket', path: value.slice('unix://'.length) || usualPath })
    return parsed.success ? parsed.data : null
  }
  const match = /^(?:(tcp|http|https):\/\/)?(\[[0-9a-fA-F:]+\]|[^:/[\]]+)(?::(\d+))?\/?$/.exec(value)
  if (!match) return null
  const [, scheme, name = '', portText] = match
  const transport = tls || scheme === 'https' || portText === '2376' ? 'tls' : 'tcp'
  const parsed = DockerSettings.safeParse({
    transport,
    host: name.replace(/^\[|\]$/g, ''),
    ...(portText ? { port: Number(portText) } : {}),
  })
  return parsed.success ? parsed.data : null
}
