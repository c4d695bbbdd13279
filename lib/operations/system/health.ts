import { z } from 'zod'
import { AppError } from '../../errors/index.ts'
import { databaseNow, prisma } from '../../database/index.ts'
import { settings } from '../../settings.ts'
import { publicOperation } from '../operation.ts'

export const readHealth = publicOperation({
  name: 'system.health',
  summary: 'This process is alive; asks nothing of anybody',
  input: z.object({}),
  output: z.object({ status: z.literal('ok') }),
  changes: false,
  run: async () => ({ status: 'ok' as const }),
})

const Check = z.object({ ok: z.boolean(), message: z.string() })
const Ready = z.object({ ready: z.boolean(), checks: z.object({ database: Check, migrations: Check, sync: Check }) })
type Check = z.infer<typeof Check>

/** The start applies them before it lets web in; what stands half way is what could have gone wrong since. */
async function checkMigrations(): Promise<Check> {
  const [row] = await prisma().$queryRaw<{ done: bigint; open: bigint }[]>`
    SELECT count(*) FILTER (WHERE finished_at IS NOT NULL) AS done, count(*) FILTER (WHERE finished_at IS NULL) AS open
    FROM _prisma_migrations WHERE rolled_back_at IS NULL`
  const { done, open } = row ?? { done: 0n, open: 0n }
  return { ok: done > 0n && open === 0n, message: `${done} applied, ${open} unfinished` }
}

/** What has no leave to write still shows what is known. */
async function checkWrites(): Promise<Check> {
  const [row] = await prisma().$queryRaw<{ off: boolean }[]>`SELECT current_setting('transaction_read_only')::boolean AS off`
  return row?.off ? { ok: false, message: 'answers, and takes no changes: it is read-only' } : { ok: true, message: 'answers' }
}

/** sync shows by its leases that it is there; with nothing to follow there is nothing to see of it. */
async function checkSync(): Promise<Check> {
  const followed = await prisma().environment.count({ where: { pausedAt: null } })
  if (!followed) return { ok: true, message: 'nothing to follow' }
  const seen = (await prisma().lease.aggregate({ _max: { renewedAt: true } }))._max.renewedAt
  const ok = seen !== null && (await databaseNow()).getTime() - seen.getTime() <= settings().leaseVoidMs
  return { ok, message: seen ? `last seen ${seen.toISOString()}` : 'not seen yet' }
}

export const readReady = publicOperation({
  name: 'system.ready',
  summary: 'Whether pages can be served: the database answers and is migrated. That sync is behind is told, but keeps nobody out',
  input: z.object({}),
  output: Ready,
  changes: false,
  async run() {
    const migrations = await checkMigrations()
    if (!migrations.ok) throw new AppError('unavailable', `The database is not migrated: ${migrations.message}.`, { retryAfterSeconds: 2 })
    const [database, sync] = [await checkWrites(), await checkSync()]
    // Pages show what is known with its age while sync is away; taking web out as well would show nothing.
    return { ready: true, checks: { database, migrations, sync } }
  },
})
