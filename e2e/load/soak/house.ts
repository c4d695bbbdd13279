import { randomBytes } from 'node:crypto'
import { openSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../../../lib/database/embedded/index.ts'
import { pool, prisma } from '../../../lib/database/index.ts'
import { migrate } from '../../../lib/database/migrate.ts'
import { signedIn } from '../../../lib/http/test-client.ts'
import { startDocker, type TestDocker } from '../../engines/docker/start.ts'
import { freePort } from '../../engines/port.ts'
import { proxyTo, type Proxy } from '../../engines/proxy.ts'
import { roundRobin, type RoundRobin } from '../../engines/round-robin.ts'
import { connectEngine, makeSleeper, type Place } from '../place.ts'
import { Program } from '../program.ts'
import { watchSignals, type SentSignals } from '../signals.ts'

/** An engine that Portolan follows. */
export interface Shore extends Place {
  docker: TestDocker
  signals: SentSignals
  /** A container whose log counts, and one that a shell is opened in. */
  talker: string
  sleeper: { name: string; uid: string }
}

/** Portolan as a whole. Of each program the first lives for ever, and the second may be killed. */
export interface House {
  webs: [Program, Program]
  syncs: [Program, Program]
  /** Of each web. */
  ports: number[]
  /** Before the webs. */
  front: RoundRobin
  /** Before the second engine; the first is reached by its own socket. */
  sea: Proxy
  shores: [Shore, Shore]
  postmaster: number
  /** Where the programs write what they say. */
  log: string
  stop(): Promise<void>
}

const count = ['sh', '-c', 'n=0; while true; do n=$((n+1)); echo $n; sleep 0.1; done']

/** Starts all of it, with the settings that people have when they set nothing. */
export async function startHouse(): Promise<House> {
  const dataDir = await mkdtemp(join(tmpdir(), 'portolan-soak-'))
  const log = `${dataDir}.log`
  const database = await startEmbedded({ dataDir })
  await migrate(database.url)
  const ports = [await freePort(), await freePort()]
  const front = await roundRobin(ports)
  const origin = `http://localhost:${front.port}`
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    PORTOLAN_SECRET_KEYS: randomBytes(32).toString('base64'),
    PORTOLAN_URL: origin,
    LOG_LEVEL: 'warn',
  })
  const output = openSync(log, 'a')
  const web = (port: number) => new Program('server.ts', { PORT: String(port) }, output)
  const webs: House['webs'] = [web(ports[0]!), web(ports[1]!)]
  const syncs: House['syncs'] = [new Program('sync.ts', {}, output), new Program('sync.ts', {}, output)]
  for (const program of [...webs, ...syncs]) program.start()

  const { cookie } = await signedIn({ role: 'administrator', environment: null, namespaces: null })
  const person = { origin, headers: { cookie, origin } }
  const engines = [await startDocker({ name: 'dockerd of the harbour' }), await startDocker({ name: 'dockerd of the island' })]
  const sea = await proxyTo(engines[1]!.socket)
  const shore = async (docker: TestDocker, name: string, settings: object): Promise<Shore> => {
    const { socket } = docker
    const signals = await watchSignals(socket)
    await makeSleeper(socket, 'talker', count)
    const sleeper = { name: 'sleeper', uid: await makeSleeper(socket, 'sleeper') }
    return { ...person, environment: await connectEngine(person, name, settings), socket, docker, signals, talker: 'talker', sleeper }
  }
  const shores: House['shores'] = [
    await shore(engines[0]!, 'harbour', { transport: 'socket', path: engines[0]!.socket }),
    await shore(engines[1]!, 'island', { transport: 'tcp', host: sea.host, port: sea.port }),
  ]
  return {
    webs,
    syncs,
    ports,
    front,
    sea,
    shores,
    postmaster: database.pid,
    log,
    async stop() {
      await Promise.all([...webs, ...syncs].map((program) => program.kill()))
      front.close()
      for (const { signals } of shores) signals.stop()
      await Promise.all([sea.close(), ...engines.map((docker) => docker.stop())])
      await prisma().$disconnect()
      await pool().end()
      await database.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
