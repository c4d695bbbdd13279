import { randomBytes } from 'node:crypto'
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { embeddedDatabaseUrl, parseSecretKeys, readSettings, socketDirOf } from './settings.ts'

describe('readSettings', () => {
  it('needs nothing', () => {
    expect(readSettings({})).toMatchObject({
      nodeEnv: 'production',
      port: 3000,
      host: '127.0.0.1',
      url: 'http://localhost:3000',
      urlIsSet: false,
      dataDir: resolve('.portolan'),
      databaseUrl: embeddedDatabaseUrl(resolve('.portolan')),
      logLevel: 'info',
      trustedProxies: [],
    })
  })

  it('takes an empty variable for one that is not set', () =>
    expect(readSettings({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 3000 }))

  it.each([
    [{ HOST: '0.0.0.0', PORT: '8080' }, 'http://localhost:8080'],
    [{ HOST: '192.168.1.5' }, 'http://192.168.1.5:3000'],
    [{ HOST: 'fd00::1' }, 'http://[fd00::1]:3000'],
    [{ PORTOLAN_URL: 'https://portolan.example.org/' }, 'https://portolan.example.org'],
    [{ PORTOLAN_URL: 'https://portolan.example.org:8443' }, 'https://portolan.example.org:8443'],
  ])('%j is reached at %s', (environment, url) => expect(readSettings(environment).url).toBe(url))

  it.each([
    [{ PORT: '8080' }, 'http://127.0.0.1:8080'],
    [{ HOST: '0.0.0.0' }, 'http://127.0.0.1:3000'],
    [{ HOST: '192.168.1.5', PORTOLAN_URL: 'https://portolan.example.org' }, 'http://192.168.1.5:3000'],
    [{ PORTOLAN_INTERNAL_URL: 'http://web-2:3000/' }, 'http://web-2:3000'],
  ])('%j is reached by other webs at %s', (environment, url) => expect(readSettings(environment).internalUrl).toBe(url))

  it.each([
    [{ PORT: '0' }, 'PORT'],
    [{ PORT: 'web' }, 'PORT'],
    [{ PORTOLAN_URL: 'portolan.example.org' }, 'PORTOLAN_URL'],
    [{ PORTOLAN_URL: 'https://example.org/portolan' }, 'PORTOLAN_URL'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ PORTOLAN_TRUSTED_PROXIES: '1' }, 'PORTOLAN_TRUSTED_PROXIES'],
    [{ PORTOLAN_TRUSTED_PROXIES: '10.0.0.5, 10.0.0.0/33' }, 'PORTOLAN_TRUSTED_PROXIES'],
  ])('refuses %j and names %s', (environment, name) =>
    expect(() => readSettings(environment)).toThrow(new RegExp(`settings are wrong. ${name}`)),
  )

  it('names every wrong setting at once', () => expect(() => readSettings({ PORT: 'a', LOG_LEVEL: 'b' })).toThrow(/PORT: .*; LOG_LEVEL: /))

  it('asks for the keys only when they are used', () => {
    const settings = readSettings({ PORTOLAN_DATA: '/nowhere' })
    expect(() => settings.secretKeys).toThrow('/nowhere/keys is missing')
  })
})

describe('sign-in by OIDC', () => {
  const given = {
    PORTOLAN_OIDC_ISSUER: 'https://sso.example.org/realms/one',
    PORTOLAN_OIDC_CLIENT_ID: 'portolan',
    PORTOLAN_OIDC_CLIENT_SECRET: 'hunter2',
    PORTOLAN_OIDC_GROUPS: 'keepers=administrator',
  }
  const grantsOf = (groups: string) => readSettings({ ...given, PORTOLAN_OIDC_GROUPS: groups }).oidc?.grants

  it('is not there unless it is set up', () => expect(readSettings({}).oidc).toBeNull())

  it('needs an issuer, a client, its secret and groups', () =>
    expect(readSettings(given).oidc).toMatchObject({
      issuer: 'https://sso.example.org/realms/one',
      name: 'sso.example.org',
      scopes: 'openid profile email offline_access',
      groupsClaim: 'groups',
      grants: [{ group: 'keepers', role: 'administrator', environment: null, namespaces: null }],
    }))

  it.each(Object.keys(given))('is refused in one sentence without %s', (name) =>
    expect(() => readSettings({ ...given, [name]: '' })).toThrow(`Sign-in by OIDC is set up by half: ${name} is missing.`),
  )

  it('takes groups of directories, several places, and lines', () =>
    expect(grantsOf('cn=ops,dc=example=operator@prod eu;\n/shop=deployer@prod eu/shop, billing\n/shop=viewer')).toEqual([
      { group: 'cn=ops,dc=example', role: 'operator', environment: 'prod eu', namespaces: null },
      { group: '/shop', role: 'deployer', environment: 'prod eu', namespaces: ['shop', 'billing'] },
      { group: '/shop', role: 'viewer', environment: null, namespaces: null },
    ]))

  it.each(['keepers', 'keepers=captain', '=viewer', 'crew=viewer@/shop', 'crew=viewer@harbour/'])('refuses the group %s', (groups) =>
    expect(() => grantsOf(groups)).toThrow(`PORTOLAN_OIDC_GROUPS: “${groups}” is none of GROUP=ROLE`),
  )

  it.each(['http://sso.example.org', 'sso.example.org', 'https://user:word@sso.example.org', 'https://sso.example.org/?a=b'])(
    'refuses the issuer %s: secrets go there',
    (issuer) => expect(() => readSettings({ ...given, PORTOLAN_OIDC_ISSUER: issuer })).toThrow('PORTOLAN_OIDC_ISSUER: must be'),
  )

  it('takes plain http of this machine alone', () =>
    expect(readSettings({ ...given, PORTOLAN_OIDC_ISSUER: 'http://localhost:8080' }).oidc?.issuer).toBe('http://localhost:8080'))

  it('asks for the scope openid', () =>
    expect(() => readSettings({ ...given, PORTOLAN_OIDC_SCOPES: 'profile' })).toThrow('PORTOLAN_OIDC_SCOPES: must hold the scope openid'))
})

it('reads the keys of a file again when it was replaced, and goes on with those it has when it is gone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-settings-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const [one, two] = [randomBytes(32), randomBytes(32)]
  writeFileSync(join(folder, 'keys'), one.toString('base64'))
  const settings = readSettings({ PORTOLAN_DATA: folder })
  expect(settings.secretKeys.map(({ key }) => key)).toEqual([one])
  writeFileSync(join(folder, 'keys.new'), [two, one].map((key) => key.toString('base64')).join('\n'))
  renameSync(join(folder, 'keys.new'), join(folder, 'keys'))
  expect(settings.secretKeys.map(({ key }) => key)).toEqual([two, one])
  rmSync(join(folder, 'keys'))
  expect(settings.secretKeys.map(({ key }) => key)).toEqual([two, one])
})

describe('parseSecretKeys', () => {
  it('reads base64 and hexadecimal, the first first', () => {
    const [one, two] = [randomBytes(32), randomBytes(32)]
    const keys = parseSecretKeys(`${one.toString('base64')},\n${two.toString('hex')}\n`)
    expect(keys.map(({ key }) => key)).toEqual([one, two])
    expect(keys[0]?.id).not.toBe(keys[1]?.id)
  })

  it('gives the same key the same id, and the id gives nothing away', () => {
    const key = randomBytes(32)
    const [parsed] = parseSecretKeys(key.toString('hex'))
    expect(parsed?.id).toBe(parseSecretKeys(key.toString('base64'))[0]?.id)
    expect(key.toString('hex')).not.toContain(parsed?.id)
  })

  it('refuses a key of another length without repeating it', () => {
    const attempt = () => parseSecretKeys('c2hvcnQ=')
    expect(attempt).toThrow('Secret key 1 of 1 is not 32 bytes')
    expect(attempt).not.toThrow('c2hvcnQ=')
  })
})

describe('socketDirOf', () => {
  it('stays in the data folder, and leaves it when a socket’s path would be too long', () => {
    expect(socketDirOf('/srv/portolan')).toBe('/srv/portolan/run')
    expect(`${socketDirOf(`/srv/${'x'.repeat(120)}`)}/.s.PGSQL.5432`.length).toBeLessThan(104)
  })
})
