import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { sharedDocker, useDatabase as givenDatabase } from '../../e2e/engines/database.ts'
import { proxyTo, type Proxy } from '../../e2e/engines/proxy.ts'
import { pool, prisma, transaction } from '../database/index.ts'
import { settings, socketDirOf } from '../settings.ts'
import { until } from '../../e2e/engines/until.ts'
import { dockerAt } from '../../e2e/engines/docker/command.ts'

givenDatabase()

const docker = sharedDocker()
const socket = 'socket' in docker ? docker.socket : '/nowhere'
const onDocker = dockerAt(socket)
const names = ['north', 'east', 'south', 'west']
const takeOverWithinMs = 90_000

/** Looks again and again until it holds; a test that waits for ever ends by its own time-out. */
/** A sync as `node sync.ts` starts it, which reaches the database over a network that can be broken. */
interface TestSync {
  name: string
  program: ChildProcess
  network: Proxy
}
const syncs: TestSync[] = []

async function startSync(name: string): Promise<TestSync> {
  const network = await proxyTo(join(socketDirOf(inject('databaseDir')), '.s.PGSQL.5432'))
  const { pathname } = new URL(settings().databaseUrl)
  const env = {
    ...process.env,
    DATABASE_URL: `postgresql://portolan@127.0.0.1:${network.port}${pathname}?application_name=${name}`,
    PORTOLAN_LEASE_RENEW_MS: '1000',
    PORTOLAN_LEASE_VOID_MS: '3000',
    PORTOLAN_PROBE_INTERVAL_MS: '500',
    PORTOLAN_DATABASE_TIMEOUT_MS: '2000',
  }
  const program = spawn(process.execPath, [join(import.meta.dirname, '../../sync.ts')], { stdio: 'ignore', env })
  const sync = { name, program, network }
  syncs.push(sync)
  return sync
}

/** Who follows what by a lease that holds: the name of a sync for each environment, in the order of names. */
async function holders(): Promise<string[]> {
  const { rows } = await pool().query<{ name: string }>(
    `SELECT coalesce(s.name, '') AS name FROM environments AS e
     LEFT JOIN leases AS l ON l.environment_id = e.id AND l.renewed_at > now() - interval '3 s'
     LEFT JOIN sync_names AS s ON s.holder = l.holder ORDER BY e.id`,
  )
  return rows.map(({ name }) => name)
}
const share = async (name: string) => (await holders()).filter((holder) => holder === name).length
const allHave = async (container: string, present = true) => {
  const { rows } = await pool().query<{ count: number }>(
    `SELECT count(*)::int AS count FROM resources WHERE kind = 'docker/containers' AND key = $1`,
    [container],
  )
  return rows[0]!.count === (present ? names.length : 0)
}
const allAreLive = async () => (await prisma().environment.count({ where: { state: 'live' } })) === names.length

/** Batches that were committed by a sync that did not hold the lease any more. */
async function lateWrites(): Promise<unknown[]> {
  const { rows } = await pool().query('SELECT * FROM written WHERE writer <> holder')
  return rows
}

beforeAll(async () => {
  // Each batch stores its cursor, in its own transaction: what is written down there was committed by that writer.
  await pool().query(`
    CREATE TABLE sync_names (holder uuid PRIMARY KEY, name text);
    CREATE FUNCTION name_sync() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO sync_names VALUES (NEW.id, current_setting('application_name')) ON CONFLICT DO NOTHING; RETURN NEW; END $$;
    CREATE TRIGGER named AFTER INSERT OR UPDATE ON syncs FOR EACH ROW EXECUTE FUNCTION name_sync();
    CREATE TABLE written (environment_id int, kind text, writer text, holder text);
    CREATE FUNCTION note_writer() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO written SELECT NEW.environment_id, NEW.kind, current_setting('application_name'), s.name
      FROM leases AS l JOIN sync_names AS s USING (holder) WHERE l.environment_id = NEW.environment_id; RETURN NEW; END $$;
    CREATE TRIGGER noted AFTER INSERT OR UPDATE ON cursors FOR EACH ROW EXECUTE FUNCTION note_writer()`)
  const identity = { engine: 'docker', stage: 'dev', flagHue: 'teal', flagPattern: 'cross', flagCode: 'DEV', protected: false }
  for (const name of names)
    await prisma().environment.create({ data: { ...identity, name, settings: { transport: 'socket', path: socket }, engineId: name } })
})
afterEach(async () => {
  for (const { program, network } of syncs.splice(0)) {
    if (program.exitCode === null && program.signalCode === null) {
      program.kill('SIGKILL')
      await once(program, 'exit')
    }
    await network.close()
  }
})
afterAll(async () => {
  const left = 'missing' in docker ? '' : await onDocker('ps', '-aq', '--filter', 'label=portolan.several-test')
  if (left) await onDocker('rm', '-f', ...left.split('\n'))
})

let made = 0
/** Makes a container and answers its name. */
async function change(): Promise<string> {
  const name = `several-${++made}`
  await onDocker('create', '--label', 'portolan.several-test', '--name', name, 'portolan/busybox:1', 'true')
  return name
}

const losses: [string, { lose(sync: TestSync): void; comeBack?(sync: TestSync): void }][] = [
  ['is killed', { lose: ({ program }) => void program.kill('SIGKILL') }],
  ['hangs', { lose: ({ program }) => void program.kill('SIGSTOP'), comeBack: ({ program }) => void program.kill('SIGCONT') }],
  ['vanishes from the network', { lose: ({ network }) => network.stall(), comeBack: ({ network }) => network.resume() }],
]

describe.skipIf('missing' in docker)('of two syncs', () => {
  test.each(losses)(
    'one takes over all when the other %s, and no late batch is written',
    async (how, { lose, comeBack }) => {
      const first = await startSync(`${how} first`.replaceAll(' ', '-'))
      await until(async () => (await share(first.name)) === 4)
      const second = await startSync(`${how} second`.replaceAll(' ', '-'))
      // A newcomer gets its share.
      await until(async () => (await share(first.name)) === 2 && (await share(second.name)) === 2)
      await until(allAreLive)

      lose(first)
      const lostAt = Date.now()
      const meanwhile = await change()
      await until(async () => (await share(second.name)) === 4)
      process.stdout.write(
        `a sync ${how}: the other held all after ${((Date.now() - lostAt) / 1000).toFixed(1)} s, with leases that are void after 3 s\n`,
      )
      await until(() => allHave(meanwhile))
      await onDocker('rm', meanwhile)
      await until(() => allHave(meanwhile, false))

      if (comeBack) {
        comeBack(first)
        await until(async () => (await share(first.name)) === 2 && (await share(second.name)) === 2)
      }
      const afterwards = await change()
      await until(() => allHave(afterwards))
      await until(allAreLive)
      expect(await lateWrites()).toEqual([])
      expect((await pool().query('SELECT DISTINCT writer FROM written WHERE writer = $1', [second.name])).rowCount).toBe(1)
    },
    takeOverWithinMs,
  )

  test(
    'the batch that one was writing when it hung is refused once the other has taken over',
    async () => {
      const [first, second] = [await startSync('interrupted-first'), await startSync('interrupted-second')]
      await until(async () => (await share(first.name)) === 2 && (await share(second.name)) === 2)
      await until(allAreLive)
      const inTheMiddle = async () => {
        const { rowCount } = await pool().query(
          `SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1 AND wait_event_type = 'Lock'`,
          [first.name],
        )
        return rowCount! > 0
      }
      const name = await transaction(async (client) => {
        await client.query('SET LOCAL idle_in_transaction_session_timeout = 0')
        await client.query(`SELECT FROM cursors WHERE kind = 'docker/containers' FOR UPDATE`)
        const made = await change()
        await until(inTheMiddle)
        first.program.kill('SIGSTOP')
        await until(async () => (await share(second.name)) === 4)
        return made
      })
      // What it waited for is there: it goes on with its transaction where it was.
      first.program.kill('SIGCONT')
      await until(async () => (await share(first.name)) === 2 && (await share(second.name)) === 2)
      await until(() => allHave(name))
      expect(await lateWrites()).toEqual([])
    },
    takeOverWithinMs,
  )
})
