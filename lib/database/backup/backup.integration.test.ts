import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { useDatabase } from '../../../e2e/engines/database.ts'
import { openSecrets, sealSecrets } from '../../access/secrets.ts'
import { parseSecretKeys } from '../../settings.ts'
import { pool, prisma } from '../index.ts'
import { restoreBackup } from './restore.ts'
import { kept, keptRows, leftOut, sealed } from './tables.ts'
import { writeBackup } from './write.ts'

const keyText = randomBytes(32).toString('base64')
const [key] = parseSecretKeys(keyText)
vi.stubEnv('PORTOLAN_SECRET_KEYS', keyText)
useDatabase()

const canary = 'canary-of-the-backup'
const now = new Date('2026-11-21T09:00:00.123Z')
const here = { keys: [key!.id], keysAt: '/keys', replace: false }

let folder: string
let file: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-backup-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(async () => {
  await empty()
  file = join(folder, randomUUID())
})

const empty = async () => {
  await pool().query('TRUNCATE users, environments, activities, one_time_links CASCADE')
  await pool().query(`DELETE FROM installation; DELETE FROM leases`)
}

/** People and what they did, with all that is hard to write down. */
async function makeSomething() {
  const environment = await prisma().environment.create({
    data: {
      name: 'Søré "quoted" \\back\nslash \u2028',
      engine: 'docker',
      stage: 'dev',
      flagHue: 'teal',
      flagPattern: 'cross',
      flagCode: 'DEV',
      protected: true,
      settings: { transport: 'socket', path: '/x', nested: [null, 1.5, 'ü'] },
      secrets: sealSecrets({ key: canary }),
      engineId: randomUUID(),
      state: 'live',
      lastContactAt: now,
      error: { code: 'x' },
      revision: 7,
    },
  })
  const bindings = { create: { role: 'operator', environmentId: environment.id, namespaces: ['a', 'b "c"', 'd,e'] } }
  const user = await prisma().user.create({ data: { login: randomUUID(), name: 'Ada', passwordHash: '$argon2id$x', bindings } })
  await prisma().session.create({ data: { userId: user.id, expiresAt: new Date(Date.now() + 1e6), address: '', userAgent: '' } })
  await prisma().oneTimeLink.create({ data: { tokenHash: randomUUID(), purpose: 'administrator', expiresAt: now } })
  await prisma().activity.createMany({
    data: Array.from({ length: 603 }, (_, n) => ({
      verb: 'resource.stop',
      environmentId: environment.id,
      userId: user.id,
      userName: 'Ada',
      input: { n, big: 2 ** 40, text: '\t\r\n\\"' },
      output: n % 200 === 0 ? 'é\n'.repeat(10_000) : '',
      progress: 0.1 + 0.2,
      outcome: 'succeeded',
    })),
  })
  await pool().query(`INSERT INTO installation VALUES ('mark', '{"of": "this"}'), ('secret-keys', '["of this database"]')`)
  await pool().query(`INSERT INTO leases VALUES ($1, gen_random_uuid(), 41, now())`, [environment.id])
  return environment
}

/** What a restore brings back; what is known of engines is not part of it. */
const ofEngines = ['state', 'state_since', 'last_contact_at', 'engine_version', 'error', 'revision']
async function everything(): Promise<string> {
  const parts: string[] = []
  for (const table of [...kept, 'sessions', 'one_time_links']) {
    const { rows } = await pool().query<{ row: string }>(
      `SELECT (to_jsonb(t) - $1::text[])::text AS row FROM ${table} AS t WHERE ${keptRows[table] ?? 'true'} ORDER BY 1`,
      [table === 'environments' ? ofEngines : []],
    )
    parts.push(table, ...rows.map(({ row }) => row))
  }
  return parts.join('\n')
}
const keptAlone = (all: string) => all.slice(0, all.indexOf('\nsessions'))

describe('what a backup holds', () => {
  it('was decided for every table of the database', async () => {
    const { rows } = await pool().query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class AS c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition`,
    )
    expect([...kept, ...Object.keys(leftOut)].toSorted()).toEqual(rows.map(({ name }) => name).toSorted())
  })

  it('names the key of every column that holds something sealed', async () => {
    const { rows } = await pool().query(
      `SELECT table_name AS table, column_name AS column FROM information_schema.columns
       WHERE table_schema = 'public' AND data_type = 'bytea' AND table_name = ANY($1)`,
      [[...kept]],
    )
    expect(rows).toEqual(sealed)
  })
})

describe('a backup', () => {
  it('comes back as it was, into an empty database', async () => {
    const environment = await makeSomething()
    const before = await everything()
    const { rows, keys } = await writeBackup(file, now)
    expect(keys).toEqual([key!.id])
    await empty()
    expect(await restoreBackup(file, here)).toBe(rows)
    const after = await everything()
    expect(keptAlone(after)).toBe(keptAlone(before))
    expect(after).toMatch(/\nsessions\none_time_links$/)
    const restored = await prisma().environment.findUniqueOrThrow({ where: { id: environment.id } })
    expect(openSecrets(restored.secrets!, [key!])).toEqual({ key: canary })
    const next = await prisma().environment.create({
      data: { ...environment, settings: {}, error: {}, unfollowed: {}, id: undefined, name: 'n', engineId: 'n' },
    })
    expect(next.id).toBeGreaterThan(environment.id)
  })

  it('is readable by its owner alone, and holds neither a key nor anything that was sealed', async () => {
    await makeSomething()
    await writeBackup(file, now)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const text = readFileSync(file, 'utf8')
    for (const secret of [canary, keyText, key!.key.toString('hex'), 'of this database']) expect(text).not.toContain(secret)
    expect(JSON.parse(text.slice(0, text.indexOf('\n')))).toMatchObject({ portolan: 'backup', version: 1, keys: [key!.id] })
  })

  it('shows one moment, whatever is done while it is written', async () => {
    await makeSomething()
    const written = new AbortController()
    const change = async () => {
      while (!written.signal.aborted) {
        const bindings = { create: { role: 'viewer', namespaces: [] } }
        await prisma().$transaction(async (tx) => {
          await tx.user.deleteMany()
          await tx.user.create({ data: { login: randomUUID(), name: 'Somebody', bindings } })
        })
      }
    }
    const changing = change()
    for (let n = 0; n < 5; n++) await writeBackup(`${file}.${n}`, now)
    written.abort()
    await changing
    for (let n = 0; n < 5; n++) {
      await restoreBackup(`${file}.${n}`, { ...here, replace: true })
      expect(await prisma().roleBinding.count()).toBe(1)
      expect(await prisma().user.count()).toBe(1)
    }
  })

  it('does not overwrite a file', async () => {
    writeFileSync(file, 'mine')
    await expect(writeBackup(file, now)).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('exists') })
    expect(readFileSync(file, 'utf8')).toBe('mine')
  })

  it('of a database that another version used is refused, and leaves no file', async () => {
    await pool().query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '99990101_later', now())`,
    )
    await expect(writeBackup(file, now)).rejects.toMatchObject({ message: expect.stringContaining('another version of Portolan') })
    await pool().query(`DELETE FROM _prisma_migrations WHERE id = 'x'`)
    expect(readdirSync(folder).filter((name) => file.endsWith(name) || name.includes('unfinished'))).toEqual([])
  })
})

describe('a restore', () => {
  it('replaces only when it is told to, ends sessions, and refuses who followed the environments until then', async () => {
    await makeSomething()
    await writeBackup(file, now)
    const before = keptAlone(await everything())
    const other = await makeSomethingElse()
    await expect(restoreBackup(file, here)).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('--replace') })
    expect(await prisma().user.count({ where: { id: other.id } })).toBe(1)
    await restoreBackup(file, { ...here, replace: true })
    expect(keptAlone(await everything())).toBe(before)
    expect(await prisma().session.count()).toBe(0)
    expect(await prisma().oneTimeLink.count()).toBe(0)
    const { rows } = await pool().query('SELECT fence, renewed_at < now() AS void FROM leases')
    expect(rows).toEqual([{ fence: '42', void: true }])
    expect(await prisma().environment.findFirst()).toMatchObject({ state: 'connecting', lastContactAt: null, error: null, revision: 14 })
    const own = await pool().query(`SELECT value FROM installation WHERE name = 'secret-keys'`)
    expect(own.rows).toEqual([{ value: ['of this database'] }])
  })

  const broken: [string, (text: string) => string, RegExp][] = [
    ['cut off in the middle of a row', (text) => text.slice(0, text.length / 2), /cut off/],
    ['cut off between two rows', (text) => text.slice(0, text.indexOf('\n', text.length / 2) + 1), /cut off/],
    ['without its last line end', (text) => text.slice(0, -1), /cut off/],
    ['with a word that was changed', (text) => text.replace('"Ada"', '"Eve"'), /changed or damaged/],
    ['with a row too many', (text) => text.replace(/(\n\{"table":"users".*)/, '$1$1'), /changed or damaged|duplicate key/],
    ['with a damaged line', (text) => text.replace('\n{"table":"users"', '\n{"table:"users"'), /line \d+ is damaged/],
    ['of another program', () => 'PGDMP\u0001\n\u0002', /not a backup of Portolan/],
    ['with nothing in it', () => '', /not a backup of Portolan/],
    ['of a later format', (text) => text.replace('"version":1', '"version":2'), /newer Portolan \(format 2\)/],
    ['of a later schema', (text) => text.replace(/"migration":"\w+"/, '"migration":"99990101_later"'), /newer Portolan \(99990101_later\)/],
    ['with a table that is not known', (text) => text.replace('{"table":"users"', '{"table":"pg_authid"'), /holds pg_authid/],
    ['with a column that is not known', (text) => text.replace(/"row":\{"id":"/, '"row":{"rank":1,"id":"'), /"rank"/],
  ]
  it.each(broken)('refuses a file %s, in one sentence, and changes nothing', async (_, change, words) => {
    await makeSomething()
    await writeBackup(file, now)
    const broken = `${file}.broken`
    writeFileSync(broken, change(readFileSync(file, 'utf8')))
    await empty()
    await makeSomethingElse()
    const before = await everything()
    const error = await restoreBackup(broken, { ...here, replace: true }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'invalid_input', message: expect.stringMatching(words) })
    expect((error as Error).message).not.toContain('\n')
    expect(await everything()).toBe(before)
  })

  it('says that there is no such file', async () => {
    await expect(restoreBackup(file, here)).rejects.toMatchObject({ code: 'invalid_input', message: `${file} cannot be read (ENOENT).` })
  })

  it('refuses a file whose key is not here, and says which one is needed and where', async () => {
    await makeSomething()
    await writeBackup(file, now)
    await empty()
    await expect(restoreBackup(file, { ...here, keys: ['other'] })).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(new RegExp(`sealed with the key ${key!.id}, which is not here. Add that key to /keys`)),
    })
  })

  it('reads what the first format looked like, for ever', async () => {
    const first = join(import.meta.dirname, 'fixtures/format-1.backup')
    expect(await restoreBackup(first, { ...here, keys: ['2c1bd1a8a3a5'] })).toBe(6)
    expect(await prisma().user.findFirst({ include: { bindings: true } })).toMatchObject({
      login: 'ada',
      passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA',
      bindings: [{ role: 'administrator', environmentId: null, namespaces: [] }],
    })
    expect(await prisma().environment.findMany({ orderBy: { id: 'asc' } })).toMatchObject([
      { id: 3, name: 'harbour', protected: false, settings: { transport: 'socket', path: '/var/run/docker.sock' }, secrets: null },
      { id: 5, name: 'prod-eu', protected: true, secrets: new Uint8Array(Buffer.from('\u0001\u000c2c1bd1a8a3a5sealed', 'latin1')) },
    ])
    expect(await prisma().activity.findFirst()).toMatchObject({ verb: 'resource.stop', outcome: 'succeeded', output: 'done\n' })
  })
})

async function makeSomethingElse() {
  return prisma().user.create({
    data: {
      login: 'grace',
      name: 'Grace',
      sessions: { create: { expiresAt: new Date(Date.now() + 1e6), address: '', userAgent: '' } },
    },
  })
}
