import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { randomOf } from '../bench/random.ts'
import { sharedDocker, useDatabase as givenDatabase } from '../e2e/engines/database.ts'
import { startDocker, type TestDocker } from '../e2e/engines/docker/start.ts'
import { truthOf } from '../e2e/engines/docker/truth.ts'
import { freePort } from '../e2e/engines/port.ts'
import { until } from '../e2e/engines/until.ts'
import { Asker } from '../e2e/load/asker.ts'
import { Churn } from '../e2e/load/churn.ts'
import { known } from '../e2e/load/known.ts'
import { gapsIn, openPage, type Page } from '../e2e/load/page.ts'
import { connectEngine, makeSleeper, type Place } from '../e2e/load/place.ts'
import { Program } from '../e2e/load/program.ts'
import { Shells } from '../e2e/load/shells.ts'
import { complaintsAbout, watchSignals, type SentSignals } from '../e2e/load/signals.ts'
import { prisma } from '../lib/database/index.ts'
import { signedIn } from '../lib/http/test-client.ts'
import { browserAt } from '../lib/live/fixtures/browser.ts'

/** How often each is killed: `PORTOLAN_KILLS=50` for what is promised, fewer in every run of the tests. */
const kills = Number(process.env.PORTOLAN_KILLS || 5)
const seed = Number(process.env.PORTOLAN_SEED || Date.now() % 1e9)
/** Some die while they start, some in the middle of their work. */
const longestLifeMs = 5_000
const withinMs = 120_000

givenDatabase()

describe.skipIf('missing' in sharedDocker())(`web and sync, each killed ${kills} times under load, with the seed ${seed}`, () => {
  let docker: TestDocker
  let place: Place
  let web: Program
  let sync: Program
  let signals: SentSignals
  let pages: Page[] = []
  let talkers: string[]
  let sleeper: { name: string; uid: string }

  beforeAll(async () => {
    docker = await startDocker({ name: 'dockerd under load' })
    signals = await watchSignals(docker.socket)
    talkers = ['talker-0', 'talker-1']
    const count = ['sh', '-c', 'n=0; while true; do n=$((n+1)); echo $n; sleep 0.05; done']
    for (const talker of talkers) await makeSleeper(docker.socket, talker, count)
    sleeper = { name: 'sleeper', uid: await makeSleeper(docker.socket, 'sleeper') }
    const port = await freePort()
    const origin = `http://localhost:${port}`
    const env = {
      PORT: String(port),
      PORTOLAN_URL: origin,
      PORTOLAN_LEASE_RENEW_MS: '500',
      PORTOLAN_LEASE_VOID_MS: '2000',
      PORTOLAN_PROBE_INTERVAL_MS: '1000',
    }
    ;[web, sync] = [new Program('server.ts', env), new Program('sync.ts', env)]
    web.start()
    sync.start()
    const { cookie } = await signedIn({ role: 'administrator', environment: null, namespaces: null })
    const headers = { cookie, origin }
    const environment = await connectEngine({ origin, headers }, 'harbour', { transport: 'socket', path: docker.socket })
    place = { origin, headers, environment, socket: docker.socket }
    await isRight(() => known(Number(environment)))
  }, withinMs)
  afterAll(async () => {
    for (const page of pages) page.close()
    await Promise.all([web?.kill(), sync?.kill()])
    signals?.stop()
    await docker?.stop()
  })

  /** Kills it again and again at random moments, and starts it at once; every other time not before something was done by it. */
  async function killAgainAndAgain(program: Program, random: () => number, done: () => number): Promise<void> {
    for (let n = 0; n < kills; n++) {
      const before = done()
      await wait(random() * longestLifeMs)
      if (n % 2 === 0) await until(() => done() > before)
      await program.kill()
      program.start()
    }
  }
  const isRight = async (look: () => string[] | Promise<string[]>) =>
    vi.waitFor(async () => expect(await look()).toEqual(await truthOf(docker.docker)), { timeout: withinMs, interval: 200 })

  it('leave no row wrong, nothing done twice or unwritten, nothing stuck, and every page right', { timeout: 600_000 }, async () => {
    pages = [openPage(place, talkers[0]), openPage(place, talkers[1]), openPage(place), openPage(place)]
    const first = pages[0]!
    await until(() => first.isLive() && first.log!.lines.length > 0)
    const churn = new Churn(docker.socket, randomOf(seed))
    const askers = [1, 2].map((n) => new Asker(place, `asked-${n}`, randomOf(seed + n)))
    const shells = new Shells(place, browserAt(place.origin, place.headers, Math.random), sleeper)
    const load = [churn, ...askers, shells]
    for (const one of load) one.begin()

    const asked = () => askers.reduce((sum, { wishes }) => sum + wishes.length, 0)
    await Promise.all([killAgainAndAgain(web, randomOf(seed + 3), asked), killAgainAndAgain(sync, randomOf(seed + 4), asked)])
    expect([web.kills, sync.kills]).toEqual([kills, kills])
    await Promise.all(load.map((one) => one.rest()))
    const wishes = askers.flatMap((asker) => asker.wishes)

    await isRight(() => known(Number(place.environment)))
    for (const page of pages) {
      await isRight(() => page.shown())
      expect(page.isLive()).toBe(true)
    }
    const counted = pages.flatMap(({ log }) => log ?? []).map((log) => ({ log, before: log.lines.length }))
    await until(() => counted.every(({ log, before }) => log.lines.length > before))
    for (const { log } of counted) expect([...gapsIn(log.lines), ...log.marks]).toEqual([])

    await until(async () => (await prisma().activity.count({ where: { outcome: 'running' } })) === 0)
    const written = await prisma().activity.findMany({ where: { verb: 'resource.kill' } })
    // The engine tells of what it does a moment later.
    await vi.waitFor(() => expect(complaintsAbout(wishes, signals.sent, written)).toEqual([]), { timeout: withinMs })
    expect(askers.flatMap(({ surprises }) => surprises)).toEqual([])
    expect([...web.accidents, ...sync.accidents]).toEqual([])
    const outcomes = Object.entries(Object.groupBy(written, ({ outcome }) => outcome)).map(([outcome, of]) => `${of!.length} ${outcome}`)
    process.stdout.write(
      `each killed ${kills} times (seed ${seed}): ${churn.done} changes at the engine; ${wishes.length} actions, ${outcomes.join(', ')}; ` +
        `${shells.answered} terminals answered, ${shells.ended.length} were lost with their web\n`,
    )
  })
})
