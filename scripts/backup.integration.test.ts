import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDatabase } from '../e2e/engines/database.ts'
import { sealSecrets } from '../lib/access/secrets.ts'
import { startEmbedded } from '../lib/database/embedded/index.ts'
import { migrate } from '../lib/database/migrate.ts'
import { parseSecretKeys } from '../lib/settings.ts'

const root = join(import.meta.dirname, '..')
const withinMs = 120_000

interface Said {
  code: number
  output: string
}

/** One of the two commands, as npm runs it for somebody who stands in `from`. */
function command(script: 'backup' | 'restore', args: string[], environment: Record<string, string>, from = root): Promise<Said> {
  const env = { ...process.env, DATABASE_URL: '', PORTOLAN_SECRET_KEYS: '', INIT_CWD: from, ...environment }
  return new Promise((resolve) => {
    execFile(process.execPath, [`scripts/${script}.mjs`, ...args], { cwd: root, env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    )
  })
}

async function query(url: string, sql: string, values: unknown[] = []): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql, values)).rows
  } finally {
    await client.end()
  }
}
const namesAt = (url: string) => query(url, 'SELECT u.name AS user, e.name AS environment FROM users AS u, environments AS e')
const names = [{ user: 'Ada', environment: 'harbour' }]

const folders: string[] = []
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'portolan-backups-'))
  folders.push(made)
  return made
}
const data = folder()
const fresh = folder()
const files = folder()

/** A data folder as a Portolan leaves it that ran and ended. */
beforeAll(async () => {
  const database = await startEmbedded({ dataDir: data })
  await migrate(database.url)
  writeFileSync(join(data, 'keys'), Buffer.alloc(32, 7).toString('base64'), { mode: 0o600 })
  const keys = parseSecretKeys(readFileSync(join(data, 'keys'), 'utf8'))
  await query(database.url, `INSERT INTO users (id, login, name) VALUES (gen_random_uuid(), 'ada', 'Ada')`)
  await query(
    database.url,
    `INSERT INTO environments (name, engine, stage, flag_hue, flag_pattern, flag_code, protected, settings, secrets, engine_id)
     VALUES ('harbour', 'docker', 'dev', 'teal', 'cross', 'DEV', false, '{}', $1, 'e')`,
    [Buffer.from(sealSecrets({ key: 'hunter2' }, keys))],
  )
  await query(database.url, `INSERT INTO installation VALUES ('secret-keys', $1)`, [JSON.stringify(keys.map(({ id }) => id))])
  await database.stop()
}, withinMs)
afterAll(() => {
  for (const one of folders) rmSync(one, { recursive: true, force: true })
})

it('npm run backup works while Portolan does not run, and says what is not in the file', { timeout: withinMs }, async () => {
  const said = await command('backup', ['first'], { PORTOLAN_DATA: data }, files)
  expect(said).toMatchObject({ code: 0, output: expect.stringContaining(`2 rows are in ${join(files, 'first')}`) })
  expect(said.output).toMatch(new RegExp(`the key \\([0-9a-f]{12}\\) is not in it: keep ${data}/keys too`))
  expect(existsSync(join(data, 'database/postmaster.pid'))).toBe(false)
})

it('and while it runs, which goes on', { timeout: withinMs }, async () => {
  const database = await startEmbedded({ dataDir: data })
  const said = await command('backup', [join(files, 'second')], { PORTOLAN_DATA: data })
  expect(said).toMatchObject({ code: 0, output: expect.stringContaining('2 rows are in') })
  expect(await namesAt(database.url)).toEqual(names)
  await database.stop()
  const rowsOf = (name: string) => readFileSync(join(files, name), 'utf8').split('\n').slice(1, -2)
  expect(rowsOf('second')).toEqual(rowsOf('first'))
})

it(
  'npm run restore refuses a machine without the key, and works where nothing ever ran once the key is there',
  { timeout: withinMs },
  async () => {
    const refused = await command('restore', [join(files, 'first')], { PORTOLAN_DATA: fresh })
    expect(refused.code).toBe(1)
    expect(refused.output.trim()).toMatch(
      /^✗ .*sealed with the key [0-9a-f]{12}, which is not here. Add that key to .*keys and restore again\.$/,
    )
    expect(existsSync(join(fresh, 'keys'))).toBe(false)
    copyFileSync(join(data, 'keys'), join(fresh, 'keys'))
    expect(await command('restore', [join(files, 'first')], { PORTOLAN_DATA: fresh })).toMatchObject({
      code: 0,
      output: expect.stringContaining('2 rows are back'),
    })
    const again = await command('restore', ['first'], { PORTOLAN_DATA: fresh }, files)
    expect(again).toMatchObject({ code: 1, output: expect.stringContaining('--replace') })
    const database = await startEmbedded({ dataDir: fresh })
    expect(await namesAt(database.url)).toEqual(names)
    await database.stop()
  },
)

it('both work with a database of one’s own', { timeout: withinMs }, async () => {
  const database = await createDatabase('empty')
  const environment = {
    PORTOLAN_DATA: folder(),
    DATABASE_URL: database.url,
    PORTOLAN_SECRET_KEYS: readFileSync(join(data, 'keys'), 'utf8'),
  }
  expect(await command('restore', [join(files, 'first')], environment)).toMatchObject({ code: 0 })
  expect(await namesAt(database.url)).toEqual(names)
  expect(await command('backup', [join(files, 'third')], environment)).toMatchObject({
    code: 0,
    output: expect.stringContaining('keep PORTOLAN_SECRET_KEYS too'),
  })
  await database.drop()
})
