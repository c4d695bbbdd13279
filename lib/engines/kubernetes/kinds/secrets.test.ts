import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { secrets } from './secrets.ts'

type Raw = Parameters<typeof secrets.describe>[0]

/** In every value that is nobody's business. */
const canary = 'c4n4ryS3cr3t'
const base64 = (text: string) => Buffer.from(text).toString('base64')
const pem = (name: string) => readFileSync(new URL(`fixtures/${name}.pem`, import.meta.url), 'utf8')
const secret = (type: string | undefined, data: Record<string, unknown> | null, annotations: Record<string, string> = {}) =>
  ({ metadata: { name: 's', namespace: 'shop', uid: 'u', resourceVersion: '1', annotations }, type, data }) as unknown as Raw
const factsOf = (raw: Raw) => secrets.describe(raw).facts

const login = (more: object) => ({ password: canary, email: canary, identitytoken: canary, ...more })
const telling: Record<string, Raw> = {
  opaque: secret('Opaque', { password: base64(canary), empty: '' }, { 'kubectl.kubernetes.io/last-applied-configuration': canary }),
  'of a certificate': secret('kubernetes.io/tls', {
    'tls.crt': base64(pem('shop.example') + pem('nameless')),
    'tls.key': base64(`-----BEGIN PRIVATE KEY-----\n${canary}\n-----END PRIVATE KEY-----`),
  }),
  'of a certificate that is none': secret('kubernetes.io/tls', { 'tls.crt': base64(canary), 'tls.key': base64(canary) }),
  'of registries': secret('kubernetes.io/dockerconfigjson', {
    '.dockerconfigjson': base64(
      JSON.stringify({
        auths: {
          'https://index.docker.io/v1/': login({ username: 'ann', auth: base64(`ann:${canary}`) }),
          'registry.example:5000/team': { auth: base64(`robot$ci:${canary}`) },
          [`https://me:${canary}@proxy.example/v2/`]: login({}),
          'token.example': { username: canary, password: canary },
          'token2.example': { auth: base64(canary) },
          'token3.example': { username: 'ghp_0123456789abcdefghijABCD', password: 'x-oauth-basic' },
        },
      }),
    ),
  }),
  'of registries, the old way': secret('kubernetes.io/dockercfg', {
    '.dockercfg': base64(JSON.stringify({ 'quay.example': login({ username: 'bob' }), broken: 7 })),
  }),
  'of an account': secret(
    'kubernetes.io/service-account-token',
    { token: base64(canary), 'ca.crt': base64(pem('nameless')), namespace: base64('shop') },
    { 'kubernetes.io/service-account.name': 'builder', 'kubernetes.io/service-account.uid': canary },
  ),
  'for a sign-in': secret('kubernetes.io/basic-auth', { username: base64(canary), password: base64(canary) }),
  'with values that are none': secret('Opaque', { a: 7, b: null, c: { d: canary } }),
}

describe.each(Object.entries(telling))('a secret %s', (_, raw) => {
  it('tells no value', () => {
    const told = JSON.stringify(secrets.describe(raw))
    for (const form of [canary, base64(canary), 'ghp_', 'PRIVATE']) expect(told).not.toContain(form)
    // As base64 it would begin elsewhere behind another text.
    for (const at of [0, 1, 2]) expect(told).not.toContain(base64(' '.repeat(at) + canary).slice(4, 14))
  })
})

it('tells its keys and how large they are', () => {
  expect(factsOf(telling['opaque']!)).toMatchObject({
    type: 'Opaque',
    keys: 2,
    bytes: canary.length,
    entries: [
      { key: 'password', bytes: canary.length },
      { key: 'empty', bytes: 0 },
    ],
  })
  expect(secrets.describe(telling['opaque']!).searchTerms).toEqual(expect.arrayContaining(['password', 'empty']))
})

it('tells whom the first certificate is for, who issued it and until when it is valid', () => {
  expect(secrets.describe(telling['of a certificate']!)).toMatchObject({
    health: 'healthy',
    facts: {
      certificateNames: ['shop.example', '*.shop.example', '10.0.0.1', '2001:DB8:0:0:0:0:0:1', 'spiffe://shop/web'],
      issuer: 'Example CA',
      expiresAt: '2036-11-18T17:21:04.000Z',
    },
  })
  const nameless = secret('Opaque', { 'tls.crt': base64(pem('nameless')) })
  expect(factsOf(nameless)).toMatchObject({ certificateNames: ['Only an organisation'], issuer: 'Only an organisation' })
})

it('says that what should be a certificate is none, and nothing of one that is not there yet', () => {
  expect(secrets.describe(telling['of a certificate that is none']!)).toMatchObject({
    health: 'degraded',
    state: { code: 'unreadable' },
    reason: { code: 'certificate-not-read' },
    facts: { certificateNames: [], expiresAt: null },
  })
  expect(secrets.describe(secret('kubernetes.io/tls', { 'tls.crt': '', 'tls.key': '' })).health).toBe('healthy')
  expect(secrets.describe(secret('kubernetes.io/tls', { 'tls.crt': base64('x'.repeat(2 ** 20)) })).state.code).toBe('unreadable')
})

it('tells registries and names, and no name in whose place a token stands', () => {
  expect(factsOf(telling['of registries']!)).toMatchObject({
    registries: ['index.docker.io', 'registry.example:5000', 'proxy.example', 'token.example', 'token2.example', 'token3.example'],
    registryUsers: ['ann', 'robot$ci'],
  })
  expect(factsOf(telling['of registries, the old way']!)).toMatchObject({ registries: ['quay.example', 'broken'], registryUsers: ['bob'] })
  for (const broken of ['', 'no JSON', '[]', '{"auths":7}', 'null'])
    expect(factsOf(secret('kubernetes.io/dockerconfigjson', { '.dockerconfigjson': base64(broken) }))).toMatchObject({ registries: [] })
})

it('tells whose token it is', () => {
  const { facts, relations } = secrets.describe(telling['of an account']!)
  expect(facts).toMatchObject({ serviceAccount: 'builder' })
  expect(relations).toContainEqual({ as: 'serviceaccount', kind: 'kubernetes/serviceaccounts', key: 'shop/builder', name: 'builder' })
})

it('holds nothing, or what is no text, without stumbling', () => {
  expect(factsOf(secret(undefined, null))).toMatchObject({ type: 'Opaque', keys: 0, bytes: 0 })
  expect(factsOf(telling['with values that are none']!)).toMatchObject({ keys: 3, bytes: 0 })
})
