import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDatabase, type TestDatabase } from '../../e2e/engines/database.ts'
import { migrate, readMigrations } from './migrate.ts'

let database: TestDatabase
let folder: string
let client: pg.Client

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-migrations-'))
  cpSync(join(import.meta.dirname, '../../prisma/migrations'), join(folder, 'all'), { recursive: true })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(async () => {
  database = await createDatabase('empty')
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
})
afterEach(async () => {
  await client.end()
  await database.drop()
})

/** A folder with these migrations. */
function migrations(name: string, contents: Record<string, string>): string {
  const path = join(folder, name)
  rmSync(path, { recursive: true, force: true })
  for (const [migration, sql] of Object.entries(contents)) {
    mkdirSync(join(path, migration), { recursive: true })
    writeFileSync(join(path, migration, 'migration.sql'), sql)
  }
  return path
}

describe('migrate', () => {
  it('applies every migration once, and nothing the second time', async () => {
    const names = readMigrations().map((migration) => migration.name)
    expect(await migrate(database.url)).toEqual(names)
    expect(await migrate(database.url)).toEqual([])
    const { rows } = await client.query(
      'SELECT migration_name, checksum, applied_steps_count FROM _prisma_migrations ORDER BY migration_name',
    )
    expect(rows).toEqual(readMigrations().map(({ name, checksum }) => ({ migration_name: name, checksum, applied_steps_count: 1 })))
  })

  it('lets one of ten racing starters apply, and the others wait for it', async () => {
    const applied = await Promise.all(Array.from({ length: 10 }, () => migrate(database.url)))
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1)
  })

  it('rolls a failing migration back whole, and applies it once it is mended', async () => {
    const broken = migrations('broken', { '1_first': 'CREATE TABLE a (id int)', '2_second': 'CREATE TABLE b (id int); SELECT nothing' })
    await expect(migrate(database.url, broken)).rejects.toThrow('The migration 2_second failed and was rolled back')
    const { rows } = await client.query("SELECT to_regclass('a') IS NOT NULL AS a, to_regclass('b') IS NOT NULL AS b")
    expect(rows).toEqual([{ a: true, b: false }])
    const mended = migrations('broken', { '1_first': 'CREATE TABLE a (id int)', '2_second': 'CREATE TABLE b (id int)' })
    expect(await migrate(database.url, mended)).toEqual(['2_second'])
  })

  it('refuses a database that a newer Portolan wrote', async () => {
    await migrate(database.url, migrations('newer', { '1_first': 'SELECT 1', '9_later': 'SELECT 1' }))
    const older = migrations('older', { '1_first': 'SELECT 1' })
    await expect(migrate(database.url, older)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('written by a newer Portolan'),
    })
  })

  it('refuses a migration that was edited after it was applied', async () => {
    await migrate(database.url, migrations('edited', { '1_first': 'SELECT 1' }))
    const edited = migrations('edited', { '1_first': 'SELECT 2' })
    await expect(migrate(database.url, edited)).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('was edited') })
  })

  it('refuses a migration that another tool left half done', async () => {
    const two = migrations('half', { '1_first': 'SELECT 1', '2_second': 'SELECT 1' })
    await migrate(database.url, two)
    await client.query("UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '2_second'")
    await expect(migrate(database.url, two)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('failed half way'),
    })
  })

  it('says that the database does not answer', async () => {
    await expect(migrate('postgresql://portolan@127.0.0.1:1/portolan')).rejects.toMatchObject({ code: 'unavailable' })
  })
})
