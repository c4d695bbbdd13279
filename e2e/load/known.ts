import { pool } from '../../lib/database/index.ts'
import type { Facts } from '../../lib/model/resource.ts'
import { asTruth } from '../engines/docker/truth.ts'

interface KnownRow {
  kind: string
  key: string
  uid: string
  facts: Facts
}
const ask = async (sql: string, values: unknown[]): Promise<KnownRow[]> => (await pool().query<KnownRow>(sql, values)).rows

/** What the inventory holds of an environment, in the words of the engine: see `truthOf`. `query` asks another database. */
export async function known(environment: number, query = ask): Promise<string[]> {
  const rows = await query(`SELECT kind, key, uid, facts FROM resources WHERE environment_id = $1 AND kind <> 'docker/events'`, [
    environment,
  ])
  return rows.map((row) => asTruth(row.kind, row)).toSorted()
}
