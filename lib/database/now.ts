import { pool } from './pool.ts'

/**
 * The database's clock, the one that all processes on all hosts share. Leases and what is compared with them are told
 * by it alone: two hosts may well differ by more than a lease lasts.
 */
export async function databaseNow(): Promise<Date> {
  const { rows } = await pool().query<{ now: Date }>('SELECT now()')
  return rows[0]!.now
}
