import type { V1Secret } from '@kubernetes/client-node'
import { z } from 'zod'
import type { Facts } from '../../model/resource.ts'
import { hideInWords } from '../common/secrets.ts'
import { cleanseText } from '../common/untrusted.ts'
import { readCertificate } from './certificate.ts'
import type { Json } from './object.ts'
import { decodedSize, distinct, entriesOf, sizesOf } from './values.ts'

/** The certificate of a pair of keys, whatever the type of the secret: many keep one without saying so. */
const certificateKey = 'tls.crt'
const accountAnnotation = 'kubernetes.io/service-account.name'

/**
 * What may be told of a secret: what its keys are called and how large their values are, and of a certificate, of the
 * sign-in to a registry and of the token of an account whose it is. Of no other value anything.
 * @see https://kubernetes.io/docs/concepts/configuration/secret/#secret-types
 */
export function understandSecret({ metadata, type, data, immutable }: Json<V1Secret>): { facts: Facts; isReadable: boolean } {
  const values = entriesOf(data).map(([key, value]) => [key, typeof value === 'string' ? value : ''] as const)
  const valueOf = (wanted: string) => values.find(([key]) => key === wanted)?.[1] ?? ''
  const pem = valueOf(certificateKey)
  const certificate = pem && readCertificate(decoded(pem))
  const registries = registriesOf(valueOf('.dockerconfigjson'), valueOf('.dockercfg'))
  const sizes = values.map(([key, value]) => ({ key, bytes: decodedSize(value) }))
  return {
    isReadable: certificate !== null,
    facts: {
      type: type ?? 'Opaque',
      ...sizesOf(sizes),
      certificateNames: certificate ? certificate.names : [],
      issuer: certificate ? certificate.issuer : null,
      expiresAt: certificate ? certificate.expiresAt : null,
      registries: registries.map(({ registry }) => registry),
      registryUsers: distinct(registries.map(({ user }) => user)),
      serviceAccount: (type === 'kubernetes.io/service-account-token' && metadata?.annotations?.[accountAnnotation]) || null,
      immutable: immutable ?? false,
    },
  }
}

const decoded = (base64: string) => Buffer.from(base64, 'base64').toString('utf8')

const Text = z.string().catch('')
const SignIn = z.object({ username: Text, password: Text, auth: Text }).catch({ username: '', password: '', auth: '' })
const SignIns = z.record(z.string(), SignIn)
const DockerConfig = z.object({ auths: SignIns })
const longestConfig = 1024 * 1024
const longestName = 250

/** Which registries a Docker configuration signs in to, and as whom; none for what is no such configuration. */
function registriesOf(config: string, legacyConfig: string): { registry: string; user: string }[] {
  const parsed = config ? DockerConfig.safeParse(json(config)).data?.auths : SignIns.safeParse(json(legacyConfig)).data
  return entriesOf(parsed)
    .slice(0, 100)
    .map(([registry, signIn]) => ({ registry: hostOf(registry), user: userOf(signIn) }))
}

function json(base64: string): unknown {
  if (base64.length > longestConfig) return null
  try {
    return JSON.parse(decoded(base64))
  } catch {
    return null
  }
}

/** `https://me:secret@registry.example/v1/` is registry.example: what may be signed in with stays out. */
const hostOf = (registry: string): string => cleanseText(/^(?:[a-z]+:\/\/)?(?:[^/@]*@)*([^/@?#]*)/i.exec(registry)?.[1] ?? '', longestName)

/** The name alone; where a token takes its place there is none to tell. */
function userOf({ username, password, auth }: z.infer<typeof SignIn>): string {
  const pair = decoded(auth)
  const colon = pair.indexOf(':')
  const user = cleanseText(username || pair.slice(0, Math.max(colon, 0)), longestName)
  const isSecret = user === password || user === pair.slice(colon + 1) || hideInWords(user, () => '') !== user
  return isSecret ? '' : user
}
