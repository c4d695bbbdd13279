import { pool } from '../database/index.ts'

/** How many rows the planner expects; asking it takes a fraction of a millisecond, however many there are. */
export async function estimateRows(sql: string, values: readonly unknown[]): Promise<number> {
  const { rows } = await pool().query<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(`EXPLAIN (FORMAT JSON) ${sql}`, [...values])
  return rows[0]!['QUERY PLAN'][0].Plan['Plan Rows']
}
