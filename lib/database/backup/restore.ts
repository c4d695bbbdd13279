import pg, { type PoolClient } from 'pg'
import { AppError } from '../../errors/index.ts'
import type { Topic } from '../../model/topic.ts'
import { notify } from '../listen.ts'
import { readMigrations } from '../migrate.ts'
import { transaction } from '../pool.ts'
import { readBackup, type BackedUpRow, type Header } from './format.ts'
import { kept, keptRows } from './tables.ts'

const rowsAtOnce = 500
/** Whoever works in the database meanwhile may be in our way; PostgreSQL then ends one of the two. */
const tries = 5
const deadlock = '40P01'

export interface RestoreOptions {
  /** The ids of the keys that are here. */
  keys: readonly string[]
  /** Where a missing key is to be put, for people. */
  keysAt: string
  /** Puts the backup in the place of what people made here. */
  replace: boolean
}

/**
 * Puts back what a backup holds, all of it or nothing. Every session ends, links that make administrators are void, and
 * the inventory is read anew. Answers how many rows came back.
 * @throws invalid_input when the file cannot be read, is newer, or misses a key · conflict when there is something here
 *   already · unavailable
 */
export async function restoreBackup(file: string, options: RestoreOptions): Promise<number> {
  for (let left = tries; ; left--) {
    try {
      return await transaction((client) => restore(client, file, options), { patient: true })
    } catch (error) {
      const { code } = error as { code?: string }
      if (code !== deadlock || left === 1) throw explain(error, file)
    }
  }
}

async function restore(client: PoolClient, file: string, options: RestoreOptions): Promise<number> {
  // Reading the file may take longer than others may leave a transaction idle.
  await client.query('SET LOCAL idle_in_transaction_session_timeout = 0')
  const { rows } = await client.query<{ revision: number }>('SELECT coalesce(max(revision), 0) AS revision FROM environments')
  let count = 0
  let waiting: BackedUpRow[] = []
  for await (const one of readBackup(file)) {
    if ('portolan' in one) {
      checkHeader(one, file, options)
      await makeRoom(client, options.replace)
      continue
    }
    if (!(kept as readonly string[]).includes(one.table)) throw unknownTo(file, one.table)
    if (waiting.length === rowsAtOnce || (waiting[0] && shapeOf(waiting[0]) !== shapeOf(one))) {
      await insert(client, waiting)
      waiting = []
    }
    waiting.push(one)
    count++
  }
  await insert(client, waiting)
  await settle(client, rows[0]!.revision)
  return count
}

const shapeOf = ({ table, columns }: BackedUpRow): string => [table, ...columns].join()

const unknownTo = (file: string, what: string) =>
  new AppError('invalid_input', `${file} cannot be restored: it holds ${what}, which this Portolan does not know.`)

function checkHeader({ migration, keys }: Header, file: string, { keys: here, keysAt }: RestoreOptions): void {
  if (!readMigrations().some(({ name }) => name === migration))
    throw new AppError('invalid_input', `${file} cannot be restored: it was made by a newer Portolan (${migration}).`)
  const missing = keys.filter((id) => !here.includes(id))
  if (missing.length)
    throw new AppError(
      'invalid_input',
      `${file} cannot be restored: its secrets are sealed with the key ${missing.join(' and ')}, which is not here. Add that key to ${keysAt} and restore again.`,
    )
}

async function makeRoom(client: PoolClient, replace: boolean): Promise<void> {
  const any = kept.map((table) => `SELECT 1 FROM ${table} WHERE ${keptRows[table] ?? 'true'}`).join(' UNION ALL ')
  const { rowCount } = await client.query(`SELECT FROM (${any}) AS made LIMIT 1`)
  if (rowCount && !replace)
    throw new AppError(
      'conflict',
      'There are people or environments here already. To put the backup in their place, which deletes them: npm run restore -- FILE --replace',
    )
  // What refers to environments goes with them: the inventory and its history.
  await client.query(`TRUNCATE ${kept.filter((table) => table !== 'installation').join(', ')}, sessions, one_time_links CASCADE`)
  await client.query(`DELETE FROM installation WHERE ${keptRows.installation}`)
}

async function insert(client: PoolClient, rows: readonly BackedUpRow[]): Promise<void> {
  const [first] = rows
  if (!first) return
  // Columns that came later get their defaults.
  const columns = first.columns.map((name) => pg.escapeIdentifier(name)).join(', ')
  await client.query(
    `INSERT INTO ${first.table} (${columns})
     SELECT ${columns} FROM unnest($1::text[]) AS l(line), json_populate_record(NULL::${first.table}, l.line::json -> 'row')`,
    [rows.map(({ line }) => line)],
  )
}

const everything: Topic[] = [
  { topic: 'access' },
  { topic: 'environments' },
  { topic: 'rows' },
  { topic: 'events' },
  { topic: 'activities' },
]

/** Nothing is known of the engines yet, whoever followed them is refused, and ids go on behind those that came back. */
async function settle(client: PoolClient, formerRevision: number): Promise<void> {
  await client.query(
    `UPDATE environments SET state = CASE WHEN paused_at IS NULL THEN 'connecting' ELSE 'paused' END, state_since = now(),
       last_contact_at = NULL, engine_version = NULL, error = NULL, unfollowed = '{}', revision = revision + $1`,
    // A connection that somebody holds to a former environment of that id is not taken for this one's.
    [formerRevision],
  )
  await client.query(`UPDATE leases SET fence = fence + 1, holder = '00000000-0000-0000-0000-000000000000', renewed_at = 'epoch'`)
  await client.query(
    `SELECT setval(s, greatest((SELECT max(id) FROM environments), nextval(s))) FROM pg_get_serial_sequence('environments', 'id') AS s`,
  )
  for (const topic of everything) await notify(client, topic)
}

/** A column that a later version took away, or a row that breaks a rule of the database. */
function explain(error: unknown, file: string): unknown {
  const { code, message } = error as { code?: string; message?: string }
  if (!code || !/^(22|23|42703)/.test(code)) return error
  return new AppError('invalid_input', `${file} cannot be restored: ${message}.`, { cause: error })
}
