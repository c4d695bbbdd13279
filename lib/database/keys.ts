import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { PoolClient } from 'pg'
import { AppError } from '../errors/index.ts'
import { settings, type Settings } from '../settings.ts'
import { transaction } from './pool.ts'

// The row of `installation` that holds the ids of every key this database was used with.
const entry = 'secret-keys'

async function readKnown(client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ value: string[] }>('SELECT value FROM installation WHERE name = $1', [entry])
  return rows[0]?.value ?? []
}

function requireKeyFile(file: string, known: string[]): void {
  if (!existsSync(file)) {
    if (known.length > 0) {
      throw new AppError('conflict', `The key of this database is missing: put the file ${file} back, or set PORTOLAN_SECRET_KEYS.`)
    }
    // `wx`: a key that exists is never overwritten, whatever was decided before.
    writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  }
  chmodSync(file, 0o600)
}

/**
 * Makes sure that there are keys and that they are this database's: the first start makes one, later ones must have
 * one of those that the database was used with. New keys are remembered, so that keys can be rotated.
 * @throws conflict when the key is missing, or is another installation's
 */
export async function checkKeys(current: Pick<Settings, 'keyFile' | 'secretKeys'> = settings()): Promise<void> {
  await transaction(async (client) => {
    await client.query("SELECT pg_advisory_xact_lock(hashtext('portolan.keys'))")
    const known = await readKnown(client)
    if (current.keyFile) requireKeyFile(current.keyFile, known)
    const ours = current.secretKeys.map(({ id }) => id)
    if (known.length > 0 && !ours.some((id) => known.includes(id))) {
      const where = current.keyFile ?? 'PORTOLAN_SECRET_KEYS'
      throw new AppError('conflict', `The key in ${where} is the wrong key for this database: its secrets were sealed with another one.`)
    }
    const value = JSON.stringify([...new Set([...known, ...ours])])
    await client.query('INSERT INTO installation (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value', [
      entry,
      value,
    ])
  })
}

/**
 * Puts a new key before those of the file, which all stay: what was sealed under them still opens. The file is replaced
 * in one step, and programs that run read it again.
 */
export function addKey(file: string): void {
  const older = readFileSync(file, 'utf8')
    .split(/[\s,]+/)
    .filter(Boolean)
  writeFileSync(`${file}.new`, `${[randomBytes(32).toString('base64'), ...older].join('\n')}\n`, { mode: 0o600, flag: 'wx' })
  renameSync(`${file}.new`, file)
}
