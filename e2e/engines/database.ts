import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'
import { pool, prisma } from '../../lib/database/index.ts'
import { embeddedDatabaseUrl } from '../../lib/settings.ts'

export interface TestDatabase {
  url: string
  drop(): Promise<void>
}

async function asAdministrator(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: embeddedDatabaseUrl(inject('databaseDir'), 'postgres') })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** FORCE ends connections that programs left open; of autovacuum, only who drops without it may end the worker. */
async function dropDatabase(name: string): Promise<void> {
  const insufficientPrivilege = '42501'
  await asAdministrator(`DROP DATABASE ${name} WITH (FORCE)`).catch((error: { code?: string }) => {
    if (error.code !== insufficientPrivilege) throw error
    return asAdministrator(`DROP DATABASE ${name}`)
  })
}

/** A database of the shared Postgres: migrated (a clone of the template), or empty. */
export async function createDatabase(contents: 'migrated' | 'empty' = 'migrated'): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdministrator(`CREATE DATABASE ${name} TEMPLATE ${contents === 'empty' ? 'template0' : 'portolan'}`)
  return { url: embeddedDatabaseUrl(inject('databaseDir'), name), drop: () => dropDatabase(name) }
}

/**
 * Gives a test file its own migrated database: call it at the top of the file. `settings()`, `pool()` and `prisma()`
 * of the file then mean this database.
 */
export function useDatabase(): void {
  let database: TestDatabase | undefined
  beforeAll(async () => {
    database = await createDatabase()
    process.env.DATABASE_URL = database.url
    process.env.PORTOLAN_SECRET_KEYS ??= randomBytes(32).toString('base64')
    process.env.LOG_LEVEL ??= 'silent'
  })
  afterAll(async () => {
    await prisma().$disconnect()
    await pool().end()
    await database?.drop()
  })
}

/** The socket of the shared dockerd, or the reason why tests that need it are skipped. */
export const sharedDocker = (): { socket: string } | { missing: string } => inject('docker')
