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
      trustedProxies: 0,
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
  ])('refuses %j and names %s', (environment, name) =>
    expect(() => readSettings(environment)).toThrow(new RegExp(`settings are wrong. ${name}`)),
  )

  it('names every wrong setting at once', () => expect(() => readSettings({ PORT: 'a', LOG_LEVEL: 'b' })).toThrow(/PORT: .*; LOG_LEVEL: /))

  it('asks for the keys only when they are used', () => {
    const settings = readSettings({ PORTOLAN_DATA: '/nowhere' })
    expect(() => settings.secretKeys).toThrow('/nowhere/keys is missing')
  })
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
