import { pool } from '../lib/database/index.ts'
import { writeBatch } from '../lib/inventory/index.ts'
import { addEnvironment } from '../lib/inventory/fixtures/kinds.ts'
import { ensureSortIndexes } from '../lib/inventory/indexes.ts'
import { kinds, makeFleet, type Part } from './fleet.ts'

const fence = 1n
const seed = 1

export interface Loaded {
  rows: number
  seconds: number
  indexSeconds: number
  megabytes: number
  environmentIds: number[]
  parts: Part[]
  fence: bigint
}

/** Fills the inventory through the same batches that sync writes. */
export async function load(rows: number, environments: number): Promise<Loaded> {
  const environmentIds: number[] = []
  for (let n = 1; n <= environments; n++) environmentIds.push(await addEnvironment(`environment ${n}`, fence))
  const parts = makeFleet(rows, environmentIds, seed)
  const started = performance.now()
  for (const part of parts) {
    await writeBatch(
      part.environmentId,
      fence,
      { kind: part.kind, upserts: part.observed, deletes: [], complete: true, cursor: '0' },
      new Date(),
    )
  }
  const seconds = (performance.now() - started) / 1_000
  const indexed = performance.now()
  for (const kind of kinds) await ensureSortIndexes(kind.name)
  const indexSeconds = (performance.now() - indexed) / 1_000
  await pool().query('VACUUM ANALYZE')
  const { rows: sizes } = await pool().query<{ megabytes: number }>('SELECT (pg_database_size(current_database()) / 1e6)::int AS megabytes')
  return {
    rows: parts.reduce((sum, part) => sum + part.observed.length, 0),
    seconds,
    indexSeconds,
    megabytes: sizes[0]!.megabytes,
    environmentIds,
    parts,
    fence,
  }
}
