import { writeFile } from 'node:fs/promises'
import { availableParallelism, cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { openDatabase, postgresCpu, postmasterOf } from './database.ts'
import type { LiveResult } from './live.ts'

/**
 * `npm run bench:inventory [-- --rows N --environments N --runs N --rounds N --seconds N --json FILE]`
 * Fills an inventory of its own and measures what every list of the product rests on. Live queries are followed for
 * some rounds, of which the median counts: the machine may be busy with something else in one of them.
 */
const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    runs: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    environments: { type: 'string', default: '8' },
    json: { type: 'string' },
  },
})

const database = await openDatabase()
process.env['DATABASE_URL'] = database.url
process.env['LOG_LEVEL'] ??= 'error'
// The settings are read when the first of these is used, so the address must be known before.
const { pool } = await import('../lib/database/index.ts')
const { addKinds } = await import('../lib/inventory/kinds.ts')
const { load } = await import('./load.ts')
const { measurePages } = await import('./pages.ts')
const { measureLive } = await import('./live.ts')
const { holds, printTable, quantile } = await import('./report.ts')
const { kinds } = await import('./fleet.ts')

addKinds(kinds)
try {
  const loaded = await load(Number(options.rows), Number(options.environments))
  const { rows } = await pool().query<{ version: string }>("SELECT current_setting('server_version') AS version")
  console.log(`Postgres ${rows[0]!.version}, Node ${process.versions.node}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'CPU'}`)
  console.log(
    `${loaded.rows} rows written in ${loaded.seconds.toFixed(1)} s (${Math.round(loaded.rows / loaded.seconds)} rows/s), indexes in ${loaded.indexSeconds.toFixed(1)} s, ${loaded.megabytes} MB on disk\n`,
  )

  const pages = await measurePages(loaded.environmentIds, Number(options.runs))
  printTable(pages)

  const postmaster = await postmasterOf(pool())
  const rounds: LiveResult[] = []
  for (let i = 0; i < Number(options.rounds); i++)
    rounds.push(await measureLive(loaded.parts, loaded.fence, Number(options.seconds), 1_000, () => postgresCpu(postmaster)))
  const median = (read: (round: LiveResult) => number) => quantile(rounds.map(read), 0.5)
  const nodeCores = median((round) => round.nodeCores)
  const postgresCores = rounds.some((round) => round.postgresCores === null) ? null : median((round) => round.postgresCores!)

  const change = {
    name: 'change → result, 100 live queries',
    target: { p50: 150, p99: 300 },
    p50: median((round) => round.p50),
    p99: median((round) => round.p99),
    runs: median((round) => round.runs),
  }
  console.log()
  printTable([change])
  const cores = postgresCores === null ? null : nodeCores + postgresCores
  console.log(
    `\n${Math.round(median((round) => round.changes) / Number(options.seconds))} changes/s, each batch written in ${median((round) => round.writeP50).toFixed(1)} ms p50, ${median((round) => round.writeP99).toFixed(1)} ms p99`,
  )
  console.log(
    `CPU: writer and queries ${nodeCores.toFixed(2)} + Postgres ${postgresCores?.toFixed(2) ?? '?'} = ${cores?.toFixed(2) ?? '?'} cores (target 1) ${cores !== null && cores <= 1 ? 'ok' : 'MISSED'}`,
  )
  const missed = [...pages, change].filter((measured) => !holds(measured))
  console.log(
    missed.length ? `\n${missed.length} targets missed: ${missed.map((measured) => measured.name).join(', ')}` : '\nEvery target holds.',
  )
  if (options.json)
    await writeFile(
      options.json,
      `${JSON.stringify({ loaded: { ...loaded, parts: undefined, fence: undefined }, pages, rounds, change, nodeCores, postgresCores }, null, 2)}\n`,
    )
} finally {
  await pool().end()
  await database.close()
}
