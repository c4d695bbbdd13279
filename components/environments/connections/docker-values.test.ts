import { expect, test } from 'vitest'
import { addressIn, DockerValues, emptyDocker, fromDockerSettings, toDockerRequest } from './docker-values.ts'

const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'
const issuesOf = (values: DockerValues) =>
  DockerValues.safeParse(values).error?.issues.map(({ path, message }) => [path.join('.'), message])

test('a socket needs a path and nothing else', () => {
  expect(issuesOf(emptyDocker)).toBeUndefined()
  expect(issuesOf({ ...emptyDocker, path: 'docker.sock' })).toEqual([['path', 'pathNotValid']])
  expect(toDockerRequest(emptyDocker)).toEqual({ settings: { transport: 'socket', path: '/var/run/docker.sock' }, secrets: {} })
})

test('the network needs a host and a port that can be', () => {
  expect(issuesOf({ ...emptyDocker, transport: 'tcp', port: '99999' })).toEqual([
    ['host', 'required'],
    ['port', 'portNotValid'],
  ])
  expect(issuesOf({ ...emptyDocker, transport: 'tls', host: 'https://build-01' })).toEqual([['host', 'hostNotValid']])
})

test.each(['build-01', 'build-01.example.test', '10.0.0.7', '::1', 'fe80::1'])('%s is a host', (host) => {
  expect(issuesOf({ ...emptyDocker, transport: 'tcp', host })).toBeUndefined()
  expect(addressIn(host)).toBeNull()
})
test.each(['build-01:2376', 'tcp://build-01', 'ssh://build-01', '[::1]:2375', 'a b', 'build-01/path'])('%s is not', (host) => {
  expect(issuesOf({ ...emptyDocker, transport: 'tcp', host })).toEqual([['host', 'hostNotValid']])
})
test.each([
  ['build-01:2376', { host: 'build-01', port: '2376' }],
  [' tcp://build-01:2375 ', { host: 'build-01', port: '2375' }],
  ['https://build-01/', { host: 'build-01', transport: 'tls' }],
  ['http://10.0.0.7:2375', { host: '10.0.0.7', port: '2375', transport: 'tcp' }],
  ['[fe80::1]:2376', { host: 'fe80::1', port: '2376' }],
  ['unix:///var/run/docker.sock', null],
  ['https://build-01/v1.41', null],
  ['build-01:', null],
])('takes %s apart', (text, address) => expect(addressIn(text)).toEqual(address))

test('what is too large is said to be, even when it is PEM', () => {
  const ca = { state: 'new' as const, text: pem.padEnd(100_001) }
  expect(issuesOf({ ...emptyDocker, transport: 'tls', host: 'h', ca })).toEqual([['ca', 'tooLarge']])
})

test('a stored secret is neither shown nor sent again', () => {
  const values = fromDockerSettings({ transport: 'tls', host: 'build-01', port: 2376 }, ['ca', 'key'])
  expect(values.ca).toEqual({ state: 'kept', text: '' })
  expect(toDockerRequest(values)).toEqual({ settings: { transport: 'tls', host: 'build-01', port: 2376 }, secrets: {} })
})

test('a replaced secret is sent, a removed one is null', () => {
  const values = {
    ...fromDockerSettings({ transport: 'tls', host: 'h', port: 1 }, ['ca', 'key']),
    ca: { state: 'new' as const, text: pem },
    key: { state: 'forgotten' as const, text: '' },
  }
  expect(toDockerRequest(values).secrets).toEqual({ ca: pem, key: null })
})

test('going back to a socket forgets what was stored', () => {
  const values = { ...fromDockerSettings({ transport: 'tls', host: 'h', port: 1 }, ['key']), transport: 'socket' as const }
  expect(toDockerRequest(values).secrets).toEqual({ key: null })
})

test('what is pasted has to be PEM', () => {
  const values = { ...emptyDocker, transport: 'tls' as const, host: 'h', ca: { state: 'new' as const, text: 'MIIB' } }
  expect(issuesOf(values)).toEqual([['ca', 'pemNotValid']])
})

test('SSH needs a user and a key, or the agent, and says which key of the host is taken', () => {
  const ssh = { ...emptyDocker, transport: 'ssh' as const, host: 'build-01', port: '22' }
  expect(issuesOf(ssh)).toEqual([
    ['user', 'required'],
    ['sshKey', 'required'],
  ])
  expect(issuesOf({ ...ssh, user: 'me@there:22' })?.[0]).toEqual(['user', 'userNotValid'])
  const byAgent = { ...ssh, user: 'deploy', signIn: 'agent' as const, hostKey: 'SHA256:abc' }
  expect(issuesOf(byAgent)).toBeUndefined()
  expect(toDockerRequest(byAgent)).toEqual({
    settings: {
      transport: 'ssh',
      host: 'build-01',
      port: 22,
      user: 'deploy',
      path: '/var/run/docker.sock',
      signIn: 'agent',
      hostKey: 'SHA256:abc',
    },
    secrets: {},
  })
})

test('a key of SSH is sent with its passphrase, and forgotten when the agent takes over', () => {
  const stored = fromDockerSettings({ transport: 'ssh', host: 'h', user: 'u', port: 2222, hostKey: 'SHA256:abc' }, ['sshKey', 'passphrase'])
  expect(stored).toMatchObject({ sshKey: { state: 'kept', text: '' }, passphrase: { state: 'kept', text: '' }, hostKey: 'SHA256:abc' })
  expect(toDockerRequest(stored).secrets).toEqual({})
  expect(toDockerRequest({ ...stored, sshKey: { state: 'new', text: 'key' } }).secrets).toEqual({ sshKey: 'key' })
  expect(toDockerRequest({ ...stored, signIn: 'agent' }).secrets).toEqual({ sshKey: null, passphrase: null })
  expect(toDockerRequest({ ...stored, transport: 'tls' }).secrets).toEqual({ sshKey: null, passphrase: null })
})

test('an address of SSH is taken apart', () => {
  const full = { transport: 'ssh', user: 'deploy', host: 'build-01', port: '2222', path: '/run/docker.sock' }
  expect(addressIn('ssh://deploy@build-01:2222/run/docker.sock')).toEqual(full)
  expect(addressIn(' ssh://build-01/ ')).toEqual({ transport: 'ssh', host: 'build-01' })
  expect(addressIn('ssh://me@[fd00::1]')).toEqual({ transport: 'ssh', user: 'me', host: 'fd00::1' })
  for (const other of ['ssh://', 'ssh://a b', 'ssh://me:secret@host', 'me@host', 'tcp://me@host', 'https://host/path'])
    expect(addressIn(other), other).toBeNull()
})
