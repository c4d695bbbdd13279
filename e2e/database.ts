import pg from 'pg'
import { embeddedDatabaseUrl } from '../lib/settings.ts'
import { portolan } from './portolan.ts'

/** Asks Portolan's own database behind its back. */
export async function query<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: embeddedDatabaseUrl(portolan().dataDir) })
  await client.connect()
  try {
    return (await client.query<Row>(sql, values)).rows
  } finally {
    await client.end()
  }
}

/** Every table, as one text: what a dump of the database would hold. */
export async function dump(): Promise<string> {
  const tables = await query<{ name: string }>(
    `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  )
  const texts: string[] = []
  for (const { name } of tables) {
    const [row] = await query<{ text: string | null }>(`SELECT string_agg(t::text, E'\\n') AS text FROM ${name} t`)
    texts.push(`${name}\n${row?.text ?? ''}`)
  }
  return texts.join('\n')
}
