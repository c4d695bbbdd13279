import { createHash } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import type { PoolClient } from 'pg'
import { AppError } from '../../errors/index.ts'
import { readMigrations } from '../migrate.ts'
import { transaction } from '../pool.ts'
import { formatVersion, type Header } from './format.ts'
import { kept, keptRows, sealed } from './tables.ts'

const rowsAtOnce = 500

/** What was backed up. */
export interface Backup {
  rows: number
  /** The ids of the keys without which its secrets cannot be opened. */
  keys: string[]
}

/**
 * Writes everything that people made and did into a new file that only its owner can read: one moment of the database,
 * whoever works in it meanwhile. What was sealed stays sealed.
 * @throws conflict when the file exists, or the database is of another version · unavailable
 */
export async function writeBackup(file: string, now: Date): Promise<Backup> {
  const unfinished = `${file}.unfinished`
  await refuseExisting(file)
  const handle = await open(unfinished, 'w', 0o600)
  const hash = createHash('sha256')
  const write = async (text: string) => {
    hash.update(text)
    await handle.writeFile(text)
  }
  try {
    const backup = await transaction(async (client) => {
      await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY')
      await client.query(`SET LOCAL TimeZone TO 'UTC'; SET LOCAL idle_in_transaction_session_timeout = 0`)
      const header = await headerFor(client, now)
      await write(`${JSON.stringify(header)}\n`)
      let rows = 0
      for (const table of kept) rows += await writeRows(client, table, write)
      return { rows, keys: header.keys }
    })
    await handle.writeFile(`${JSON.stringify({ end: { rows: backup.rows, sha256: hash.digest('hex') } })}\n`)
    await handle.sync()
    await rename(unfinished, file)
    return backup
  } finally {
    await handle.close()
    await rm(unfinished, { force: true })
  }
}

async function refuseExisting(file: string): Promise<void> {
  try {
    // Also says at once when the folder is missing or closed.
    await (await open(file, 'wx', 0o600)).close()
    await rm(file)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new AppError(
      'conflict',
      code === 'EEXIST' ? `${file} exists; name a file that does not.` : `${file} cannot be written (${code}).`,
      {
        cause,
      },
    )
  }
}

async function headerFor(client: PoolClient, now: Date): Promise<Header> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT migration_name AS name FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY 1',
  )
  const known = readMigrations().map(({ name }) => name)
  if (rows.map(({ name }) => name).join() !== known.join())
    throw new AppError(
      'conflict',
      'This database was last used with another version of Portolan: make the backup with that one, or start this one first.',
    )
  return { portolan: 'backup', version: formatVersion, migration: known.at(-1)!, madeAt: now.toISOString(), keys: await keysIn(client) }
}

/** The id stands in front of what was sealed, behind its length; see lib/access/secrets.ts. */
async function keysIn(client: PoolClient): Promise<string[]> {
  const idsOf = ({ table, column }: { table: string; column: string }) =>
    `SELECT convert_from(substring(${column} FROM 3 FOR get_byte(${column}, 1)), 'UTF8') AS id FROM ${table} WHERE ${column} IS NOT NULL`
  const { rows } = await client.query<{ id: string }>(sealed.map(idsOf).join(' UNION ') + ' ORDER BY 1')
  return [...new Set(rows.map(({ id }) => id))]
}

async function writeRows(client: PoolClient, table: string, write: (text: string) => Promise<void>): Promise<number> {
  await client.query(`DECLARE kept CURSOR FOR SELECT row_to_json(t)::text AS row FROM ${table} AS t WHERE ${keptRows[table] ?? 'true'}`)
  let written = 0
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`FETCH ${rowsAtOnce} FROM kept`)
    if (!rows.length) break
    await write(rows.map(({ row }) => `{"table":"${table}","row":${row}}\n`).join(''))
    written += rows.length
  }
  await client.query('CLOSE kept')
  return written
}
