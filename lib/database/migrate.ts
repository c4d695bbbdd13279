import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { AppError } from '../errors/index.ts'
import { translate } from './errors.ts'

/** Prisma's own lock, so that `prisma migrate deploy` and this runner exclude each other. */
const lockId = 72_707_369

// The columns as Prisma makes them.
const createTable = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`

interface Migration {
  name: string
  sql: string
  checksum: string
}

interface Applied {
  name: string
  checksum: string
  finished: boolean
}

const migrationsDir = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/** The migrations of a folder, in the order of their names. */
export function readMigrations(folder: string = migrationsDir): Migration[] {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
  return names.sort().map((name) => {
    const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8')
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}

/** Refuses a database that these migrations did not lead to; answers what is still to be applied. */
function pending(known: Migration[], applied: Applied[]): Migration[] {
  const byName = new Map(known.map((migration) => [migration.name, migration]))
  for (const { name, checksum, finished } of applied) {
    const migration = byName.get(name)
    if (!migration) {
      throw new AppError(
        'conflict',
        `This database was written by a newer Portolan: it has the migration ${name}, which this version does not know.`,
      )
    }
    if (!finished)
      throw new AppError('conflict', `The migration ${name} failed half way in this database; restore a backup, or finish it by hand.`)
    if (checksum !== migration.checksum) {
      throw new AppError('conflict', `The migration ${name} was edited after this database had applied it.`)
    }
  }
  const done = new Set(applied.map((one) => one.name))
  return known.filter((migration) => !done.has(migration.name))
}

async function readApplied(client: pg.Client): Promise<Applied[]> {
  const { rows } = await client.query<Applied>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
     FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  )
  return rows
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('BEGIN')
    await client.query(migration.sql)
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    )
    await client.query('COMMIT')
  } catch (cause) {
    await client.query('ROLLBACK')
    throw new AppError('internal', `The migration ${migration.name} failed and was rolled back: ${(cause as Error).message}`, { cause })
  }
}

/**
 * Brings the database up to date, each migration in its own transaction; of racing starters one applies and the
 * others wait for it. Keeps Prisma's own table, so that `prisma migrate deploy` agrees.
 * @returns the names of the migrations it applied
 * @throws conflict when the database is newer, edited or half migrated · internal when a migration fails · unavailable
 */
export async function migrate(connectionString: string, folder: string = migrationsDir): Promise<string[]> {
  const known = readMigrations(folder)
  const client = new pg.Client({ connectionString, application_name: 'portolan migrate' })
  try {
    await client.connect()
    await client.query('SELECT pg_advisory_lock($1)', [lockId])
    await client.query(createTable)
    const todo = pending(known, await readApplied(client))
    for (const migration of todo) await apply(client, migration)
    return todo.map((migration) => migration.name)
  } catch (error) {
    throw translate(error)
  } finally {
    await client.end()
  }
}
