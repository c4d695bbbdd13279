import { z } from 'zod'

const host = z
  .string()
  .trim()
  .min(1)
  .max(255)
  .regex(/^[a-zA-Z0-9._:-]+$/)
const port = z.number().int().min(1).max(65_535)

/** What a person enters to connect a Docker engine. */
export const DockerSettings = z.discriminatedUnion('transport', [
  z.object({ transport: z.literal('socket'), path: z.string().startsWith('/').max(107) }),
  z.object({ transport: z.literal('tcp'), host, port: port.default(2375) }),
  /** `serverName` is the name that the certificate is for, when it is not the host's. */
  z.object({ transport: z.literal('tls'), host, port: port.default(2376), serverName: host.optional() }),
])
export type DockerSettings = z.infer<typeof DockerSettings>

const pem = (label: string) =>
  z
    .string()
    .max(100_000)
    .refine((text) => text.includes(`-----BEGIN ${label}`), { message: `expected PEM with BEGIN ${label}` })

/** PEM texts. Only TLS has them; without `ca` the system's own authorities are trusted. */
export const DockerSecrets = z.object({
  ca: pem('CERTIFICATE').optional(),
  certificate: pem('CERTIFICATE').optional(),
  key: z
    .string()
    .max(100_000)
    .regex(/-----BEGIN [A-Z ]*PRIVATE KEY-----/)
    .optional(),
})
export type DockerSecrets = z.infer<typeof DockerSecrets>

const bracketed = (name: string) => (name.includes(':') ? `[${name}]` : name)

/** `unix:///var/run/docker.sock`, `tcp://build-01:2375`, `tls://build-01:2376`. */
export function addressOf(settings: DockerSettings): string {
  return settings.transport === 'socket'
    ? `unix://${settings.path}`
    : `${settings.transport}://${bracketed(settings.host)}:${settings.port}`
}

/** Reads what `DOCKER_HOST` holds; null for what Portolan does not speak (ssh, npipe). */
export function parseDockerHost(value: string, tls: boolean): DockerSettings | null {
  if (value.startsWith('unix://')) {
    const parsed = DockerSettings.safeParse({ transport: 'socket', path: value.slice('unix://'.length) || '/var/run/docker.sock' })
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
