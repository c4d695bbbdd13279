import { z } from 'zod'

const isLoopback = (host: string) => host === 'localhost' || host === '[::1]' || host.startsWith('127.')

/** Only what stays on this machine, as “kubectl proxy” does, may be without TLS. */
const isServer = (text: string): boolean => {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password, search, hash } = new URL(text)
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
  return isSafe && !username && !password && !search && !hash
}

/** `https://10.0.0.5:6443`; some are behind a path: `https://rancher.example.org/k8s/clusters/c-abc`. */
export const Server = z
  .string()
  .trim()
  .max(1_000)
  .refine(isServer, { message: 'expected an address such as https://10.0.0.5:6443' })
  .transform((text) => text.replace(/\/+$/, ''))

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
export const NamespaceName = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/)

const reached = {
  server: Server,
  /** The name that the server's certificate is for, when it is not the host's. */
  serverName: z
    .string()
    .trim()
    .max(255)
    .regex(/^[a-zA-Z0-9._:-]+$/)
    .optional(),
  /** Any certificate of the server is taken: whoever stands in between reads the credentials. */
  insecureSkipTlsVerify: z.boolean().default(false),
}

/** Only these are followed; without them, all. */
const namespaces = z.array(NamespaceName).min(1).max(50).optional()

export const TokenSettings = z.object({ auth: z.literal('token'), ...reached, namespaces })
export const CertificateSettings = z.object({ auth: z.literal('certificate'), ...reached, namespaces })

/**
 * What a person enters to connect a cluster. `in-cluster` is the cluster that Portolan runs in, by the service account
 * that it was given there; of a `kubeconfig` the credentials stay in its file.
 */
export const KubernetesSettings = z.discriminatedUnion('auth', [
  TokenSettings,
  CertificateSettings,
  z.object({ auth: z.literal('in-cluster'), namespaces }),
  /** A context of the file that PORTOLAN_KUBECONFIG names; `server` is told to people, the file says where to go. */
  z.object({ auth: z.literal('kubeconfig'), context: z.string().min(1).max(200), server: Server, namespaces }),
])
export type KubernetesSettings = z.infer<typeof KubernetesSettings>

/** `ca`, `certificate` and `key` are PEM texts; without `ca` the system's own authorities are trusted. */
export const KubernetesSecrets = z.object({
  token: z
    .string()
    .trim()
    .max(20_000)
    .regex(/^[\x21-\x7e]+$/)
    .optional(),
  certificate: z
    .string()
    .max(100_000)
    .regex(/-----BEGIN CERTIFICATE-----/)
    .optional(),
  key: z
    .string()
    .max(100_000)
    .regex(/-----BEGIN [A-Z ]*PRIVATE KEY-----/)
    .optional(),
  ca: z
    .string()
    .max(500_000)
    .regex(/-----BEGIN CERTIFICATE-----/)
    .optional(),
})
export type KubernetesSecrets = z.infer<typeof KubernetesSecrets>

const inClusterAddress = 'https://kubernetes.default.svc'

export const addressOf = (settings: KubernetesSettings): string => (settings.auth === 'in-cluster' ? inClusterAddress : settings.server)
