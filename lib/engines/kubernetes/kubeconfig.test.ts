import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { isAppError } from '../../errors/index.ts'
import { languages, messages } from '../../i18n/messages.ts'
import { readKubeconfig } from './kubeconfig.ts'

const pem = (label: string) => `-----BEGIN ${label}-----\nMIIB\n-----END ${label}-----\n`
const base64 = (text: string) => Buffer.from(text).toString('base64')
const ca = base64(pem('CERTIFICATE'))
const secretToken = 'canary-8f2b'

/** A kubeconfig of one context, with what is particular to a case. */
function kubeconfig(user: Record<string, unknown>, cluster: Record<string, unknown> = {}): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'ann@prod',
    preferences: {},
    clusters: [{ name: 'prod', cluster: { server: 'https://10.0.0.5:6443', 'certificate-authority-data': ca, ...cluster } }],
    users: [{ name: 'ann', user }],
    contexts: [{ name: 'ann@prod', context: { cluster: 'prod', user: 'ann', namespace: 'shop' } }],
  })
}
const only = (text: string) => {
  const [context, ...others] = readKubeconfig(text)
  expect(others).toEqual([])
  return context!
}

describe('a kubeconfig', () => {
  it('with a token is a connection', () => {
    expect(only(kubeconfig({ token: secretToken }, { 'tls-server-name': 'kubernetes' }))).toEqual({
      name: 'ann@prod',
      cluster: 'prod',
      user: 'ann',
      namespace: 'shop',
      server: 'https://10.0.0.5:6443',
      settings: { auth: 'token', server: 'https://10.0.0.5:6443', serverName: 'kubernetes', insecureSkipTlsVerify: false },
      secrets: { token: secretToken, ca: pem('CERTIFICATE') },
      refused: null,
    })
  })

  it('with a certificate and its key is one too', () => {
    const user = { 'client-certificate-data': ca, 'client-key-data': base64(pem('EC PRIVATE KEY')) }
    expect(only(kubeconfig(user))).toMatchObject({
      settings: { auth: 'certificate' },
      secrets: { certificate: pem('CERTIFICATE'), key: pem('EC PRIVATE KEY'), ca: pem('CERTIFICATE') },
    })
  })

  it.each([
    ['exec', { exec: { command: 'aws', args: ['eks', 'get-token'] } }, {}, 'kubeconfig-exec'],
    ['auth-provider', { 'auth-provider': { name: 'gcp' } }, {}, 'kubeconfig-auth-provider'],
    ['tokenFile', { tokenFile: '/etc/passwd', token: secretToken }, {}, 'kubeconfig-file'],
    ['client-certificate', { 'client-certificate': 'ann.crt' }, {}, 'kubeconfig-file'],
    ['client-key', { 'client-key': '/home/ann/ann.key' }, {}, 'kubeconfig-file'],
    ['password', { password: secretToken }, {}, 'kubeconfig-password'],
    ['as', { token: secretToken, as: 'root' }, {}, 'kubeconfig-impersonation'],
    ['certificate-authority', { token: secretToken }, { 'certificate-authority': '/etc/ca.crt' }, 'kubeconfig-file'],
    ['proxy-url', { token: secretToken }, { 'proxy-url': 'http://10.0.0.1:3128' }, 'kubeconfig-proxy-url'],
    ['insecure-skip-tls-verify', { token: secretToken }, { 'insecure-skip-tls-verify': true }, 'kubeconfig-insecure'],
    ['sorcery', { token: secretToken, sorcery: 1 }, {}, 'kubeconfig-unknown-field'],
  ])('with %s is refused, the field and whose it is named', (field, user, cluster, code) => {
    const of = field in cluster ? 'prod' : 'ann'
    expect(only(kubeconfig(user, cluster))).toMatchObject({ settings: null, secrets: null, refused: { code, params: { field, of } } })
  })

  it.each([
    [
      'http is not encrypted',
      { token: 'x' },
      { server: 'http://10.0.0.5:8080' },
      { code: 'kubeconfig-unreadable', params: { field: 'server', of: 'prod' } },
    ],
    ['a password in the address', { token: 'x' }, { server: 'https://a:b@c' }, { params: { field: 'server' } }],
    ['a token with a line end', { token: 'a\nb' }, {}, { params: { field: 'token', of: 'ann' } }],
    [
      'a CA that is no PEM',
      { token: 'x' },
      { 'certificate-authority-data': base64('nonsense') },
      { params: { field: 'certificate-authority-data' } },
    ],
    ['a key that is no base64', { 'client-certificate-data': ca, 'client-key-data': '%%%' }, {}, { params: { field: 'client-key-data' } }],
    ['nothing to sign in with', {}, {}, { code: 'kubeconfig-no-credentials', params: { of: 'ann' } }],
    ['a certificate without its key', { 'client-certificate-data': ca }, {}, { code: 'kubeconfig-no-credentials' }],
  ])('%s: refused', (_, user, cluster, refused) => expect(only(kubeconfig(user, cluster))).toMatchObject({ refused }))

  it('what is set to nothing is not set', () =>
    expect(
      only(kubeconfig({ token: 'x', tokenFile: '', exec: null }, { 'insecure-skip-tls-verify': false, 'proxy-url': '' })).refused,
    ).toBeNull())

  it('of several contexts one that is refused costs no other', () => {
    const text = stringify({
      clusters: [{ name: 'prod', cluster: { server: 'https://prod/' } }],
      users: [
        { name: 'ann', user: { token: 'x' } },
        { name: 'eks', user: { exec: { command: 'aws' } } },
      ],
      contexts: [
        { name: 'a', context: { cluster: 'prod', user: 'ann' } },
        { name: 'b', context: { cluster: 'prod', user: 'eks' } },
        { name: 'c', context: { cluster: 'gone', user: 'ann' } },
        { name: 'd', context: { cluster: 'prod', user: 'nobody' } },
      ],
    })
    expect(readKubeconfig(text).map(({ name, settings, refused }) => [name, settings?.auth ?? null, refused])).toEqual([
      ['a', 'token', null],
      ['b', null, { code: 'kubeconfig-exec', params: { field: 'exec', of: 'eks' } }],
      ['c', null, { code: 'kubeconfig-missing', params: { name: 'gone' } }],
      ['d', null, { code: 'kubeconfig-missing', params: { name: 'nobody' } }],
    ])
  })
})

describe('what is no kubeconfig', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'.replaceAll(
    /./g,
    (c) =>
      `${c}: &${c} [${Array(9)
        .fill(`*${String.fromCharCode(c.charCodeAt(0) - 1)}`)
        .join(',')}]\n`,
  )}`
  it.each([
    ['prose', 'Dear cluster', 'kubeconfig-other'],
    ['nothing', '', 'kubeconfig-other'],
    ['a manifest', 'apiVersion: v1\nkind: Secret\ndata: {}', 'kubeconfig-other'],
    ['broken YAML', 'contexts: [\n  {', 'kubeconfig-not-yaml'],
    ['two documents', 'a: 1\n---\nb: 2', 'kubeconfig-not-yaml'],
    ['aliases upon aliases', bomb, 'kubeconfig-not-yaml'],
    ['deep nesting', '['.repeat(15_000), 'kubeconfig-not-yaml'],
    ['endless nesting', '['.repeat(400_000), 'kubeconfig-too-large'],
    ['a tag that makes things', 'contexts: !!js/function "x"', 'kubeconfig-other'],
    ['too much of it', `# ${'x'.repeat(600_000)}`, 'kubeconfig-too-large'],
  ])('%s is refused in words', (_, text, code) => {
    expect(() => readKubeconfig(text)).toThrow(
      expect.objectContaining({ code: 'invalid_input', reason: expect.objectContaining({ code }) as unknown }),
    )
  })

  it('costs no more time than its length', () => {
    const flat = (lines: number) => Array.from({ length: lines }, (_, n) => `k${n}:`).join('\n')
    const cpuMs = (text: string) => {
      const before = process.cpuUsage()
      expect(() => readKubeconfig(text)).toThrow()
      const { user, system } = process.cpuUsage(before)
      return (user + system) / 1_000
    }
    cpuMs(flat(2_400))
    const [some, all] = [cpuMs(flat(2_400)), cpuMs(flat(9_600))]
    expect(all, `${some} ms, then ${all} ms`).toBeLessThan(100 + 10 * some)
  })

  it('is never more than refused, whatever it is', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.jsonValue().map((value) => stringify(value)),
    )
    fc.assert(
      fc.property(anything, (text) => {
        try {
          readKubeconfig(text)
        } catch (failure) {
          expect(isAppError(failure) && failure.code).toBe('invalid_input')
        }
      }),
    )
  })
})

it('nothing odd in a user or a cluster gets through, and no refusal tells a secret', () => {
  const value = fc.oneof(fc.constant(secretToken), fc.jsonValue(), fc.constant(ca))
  const field = fc.oneof(
    fc.constantFrom(
      'exec',
      'tokenFile',
      'token',
      'client-certificate',
      'client-key-data',
      'client-certificate-data',
      'as',
      '__proto__',
      'constructor',
    ),
    fc.string(),
  )
  fc.assert(
    fc.property(fc.dictionary(field, value), (user) => {
      const { refused, secrets } = only(kubeconfig({ token: secretToken, ...user }))
      expect(JSON.stringify(refused)).not.toContain(secretToken)
      if (secrets) expect(Object.keys(secrets).filter((name) => !['token', 'certificate', 'key', 'ca'].includes(name))).toEqual([])
      if (['exec', 'tokenFile', 'client-certificate', 'as'].some((name) => user[name])) expect(refused).not.toBeNull()
    }),
  )
})

it.each(languages)('every refusal has its sentence in %s', (language) => {
  const words = messages[language]['reasons'] as Record<string, string>
  const codes = [
    'exec',
    'auth-provider',
    'file',
    'password',
    'impersonation',
    'proxy-url',
    'insecure',
    'unknown-field',
    'missing',
    'unreadable',
    'no-credentials',
    'too-large',
    'not-yaml',
    'other',
  ]
  expect(codes.filter((code) => !words[`kubeconfig-${code}`])).toEqual([])
})
