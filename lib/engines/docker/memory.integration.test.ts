import { randomUUID } from 'node:crypto'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { longLine, startHostile, type Hostile } from '../../../e2e/engines/docker/hostile.ts'
import { dockerAt } from '../../../e2e/engines/docker/command.ts'

const shared = inject('docker')
const socket = 'socket' in shared ? shared.socket : ''
const run = promisify(execFile)
const onDocker = dockerAt(socket)
const mebibyte = 2 ** 20

/** Reads what the engine sends by each way in a process of its own, round after round; says its bytes before and after each. */
const reader = (path: string, name: string, ways: readonly string[]) => `
  const { docker } = await import('./lib/engines/docker/index.ts')
  const connection = docker.connect({ transport: 'socket', path: ${JSON.stringify(path)} }, null)
  const kinds = docker.kinds.map((kind) => kind.name)
  const options = { follow: true, stdout: true, stderr: true }
  const { signal } = new AbortController()
  const container = ['docker/containers', ${JSON.stringify(name)}]
  const ways = {
    follow: () => connection.follow(kinds, {}, signal),
    logs: () => connection.logs(...container, options, signal),
    metrics: () => connection.metrics(...container, signal),
  }
  const told = []
  const weigh = async () => {
    for (let i = 0; i < 3; i++) { gc(); await new Promise((resolve) => setTimeout(resolve, 50)) }
    const { heapUsed, external, arrayBuffers } = process.memoryUsage()
    return heapUsed + external + arrayBuffers
  }
  await connection.probe(signal)
  const weights = [await weigh()]
  for (let round = 0; round < 3; round++) {
    for (const way of ${JSON.stringify(ways)}) {
      try { for await (const one of ways[way]()) if (one.type === 'lines') break; told.push('ended') } catch (error) { told.push(error.reason.code) }
    }
    weights.push(await weigh())
  }
  console.log(JSON.stringify({ weights, told, highest: process.resourceUsage().maxRSS * 1024 }))
  process.exit(0)`

describe.skipIf('missing' in shared)('an engine that sends lines of 500 MB', () => {
  let hostile: Hostile
  const name = `memory-${randomUUID().slice(0, 8)}`
  beforeAll(async () => {
    hostile = await startHostile(socket)
    await onDocker('create', '--tty', '--name', name, 'portolan/busybox:1')
  })
  afterAll(async () => {
    await hostile?.close()
    await onDocker('rm', name)
  })

  const tooLarge = 'engine-answer-too-large'
  it.each([
    ['in its list', /^\/containers\/json/, { follow: tooLarge }],
    ['in its streams', /^\/(events|containers\/\w+\/(logs|stats))/, { follow: tooLarge, logs: 'ended', metrics: tooLarge }],
  ])('%s costs no more memory than a little, and none that stays', { timeout: 180_000 }, async (_, path, ways) => {
    hostile.misbehave(path, longLine(500 * mebibyte))
    const program = ['--expose-gc', '--input-type=module', '--eval', reader(hostile.socket, name, Object.keys(ways))]
    const { stdout } = await run('node_modules/.bin/node', program, { env: { ...process.env, PORTOLAN_SECRET_KEYS: '5a'.repeat(32) } })
    const { weights, told, highest } = JSON.parse(stdout) as { weights: number[]; told: string[]; highest: number }
    const said = Object.values(ways)
    expect(told).toEqual([...said, ...said, ...said])
    const [before = 0, ...after] = weights
    for (const weight of after) expect((weight - before) / mebibyte).toBeLessThan(24)
    expect(highest / mebibyte).toBeLessThan(450)
    const [was, now, most] = [before, Math.max(...after), highest].map((bytes) => Math.round(bytes / mebibyte))
    // oxlint-disable-next-line no-console -- figures
    console.log(`${was} MiB before, ${now} MiB after, ${most} MiB at most`)
  })
})
