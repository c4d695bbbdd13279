import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline'
import { expect, it, onTestFinished } from 'vitest'
import { until } from '../e2e/engines/until.ts'
import type { Activity } from '../lib/model/activity.ts'
import { docker, givenProgram, program, socket, startContainer } from './fixtures/program.ts'

const label = 'portolan.postgres-killed-test'
const withinMs = 180_000
const containers = ['killed-a', 'killed-b', 'killed-c']
/** So many of each sort are acknowledged between two faults. */
const between = 5

givenProgram(label)

interface Written {
  /** What was answered with 2xx, in order. */
  acknowledged: Activity[]
  statuses: Set<number>
}

/** Asks for one thing after another until the signal ends; an outage is answered and asked again. */
async function write(ask: (turn: number) => Promise<Response>, written: Written, signal: AbortSignal): Promise<void> {
  for (let turn = 0; !signal.aborted; turn++) {
    const answer = await ask(turn)
    written.statuses.add(answer.status)
    if (answer.ok) written.acknowledged.push((await answer.json()) as Activity)
    else await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** The names of containers, as the engine itself says that it restarted them. */
function watchRestarts(): string[] {
  const names: string[] = []
  const filters = ['--filter', 'event=restart', '--filter', `label=${label}`]
  const watching = spawn('docker', ['-H', `unix://${socket}`, 'events', ...filters, '--format', '{{.Actor.Attributes.name}}'])
  createInterface({ input: watching.stdout }).on('line', (name) => names.push(name))
  onTestFinished(() => void watching.kill())
  return names
}

it.skipIf('missing' in docker)(
  'PostgreSQL killed again and again under load loses nothing that was acknowledged, and nothing is done that is not written down',
  { timeout: withinMs },
  async () => {
    const { headers } = await program.signIn()
    await Promise.all(containers.map((name) => startContainer(name, label)))
    await program.allRowsAreRight(30_000)
    const done = watchRestarts()

    const load = new AbortController()
    const names: Written = { acknowledged: [], statuses: new Set() }
    const restarts: Written = { acknowledged: [], statuses: new Set() }
    const rename = (turn: number) =>
      fetch(`${program.origin}/api/me`, {
        method: 'PATCH',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ name: `Ada ${turn}` }),
      })
    const restart = (name: string) => () =>
      program.act({ ...headers, 'idempotency-key': randomUUID() }, name, 'restart', { graceSeconds: 0 })
    const writers = [write(rename, names, load.signal), ...containers.map((name) => write(restart(name), restarts, load.signal))]
    const someMore = async () => {
      const [renamed, restarted] = [names.acknowledged.length, restarts.acknowledged.length]
      await until(() => names.acknowledged.length >= renamed + between && restarts.acknowledged.length >= restarted + between)
    }
    await someMore()
    await program.postgres.kill()
    await program.postgres.start()
    await someMore()
    await program.postgres.crash()
    await someMore()
    await program.postgres.kill()
    await program.postgres.start()
    await someMore()
    load.abort()
    await Promise.all(writers)

    for (const { statuses } of [names, restarts]) expect([...statuses].filter((status) => ![200, 202, 503].includes(status))).toEqual([])
    const all = () =>
      program.postgres.ask<{ id: string; verb: string; name: string; outcome: string }>(
        'SELECT id, verb, name, outcome FROM activities ORDER BY started_at',
        [],
        'console',
      )
    // What was written down and not begun is told as interrupted when its lease is over.
    await until(async () => (await all()).every(({ outcome }) => outcome !== 'running'))
    const activities = await all()
    const outcomes = new Map(activities.map(({ id, outcome }) => [id, outcome]))
    expect(restarts.acknowledged.map(({ id }) => outcomes.get(id))).toEqual(restarts.acknowledged.map(() => 'succeeded'))

    const known = await program.postgres.ask<{ name: string }>(
      `SELECT input ->> 'name' AS name FROM activities WHERE verb = 'profile.change' AND outcome = 'succeeded'`,
      [],
      'console',
    )
    expect(known.map(({ name }) => name)).toEqual(expect.arrayContaining(names.acknowledged.map(({ name }) => name)))
    const me = (await (await program.get('/api/me', headers)).json()) as { name: string }
    expect(me.name).toBe(names.acknowledged.at(-1)!.name)

    for (const name of containers) {
      const told = activities.filter((one) => one.verb === 'resource.restart' && one.name === name)
      const succeeded = told.filter(({ outcome }) => outcome === 'succeeded').length
      // No more than that is what nothing was done without being written down means.
      await until(() => done.filter((one) => one === name).length >= succeeded)
      expect(done.filter((one) => one === name).length, name).toBe(succeeded)
    }
    await program.allRowsAreRight(10_000)
    expect(program.accidents).toEqual([])
    const counted = { renamed: names.acknowledged.length, restarted: restarts.acknowledged.length, activities: activities.length }
    console.log(`acknowledged through two kills and a crash of PostgreSQL, and found again: ${JSON.stringify(counted)}`)
  },
)
