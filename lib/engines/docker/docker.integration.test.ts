import { expect, it, vi } from 'vitest'
import { patient } from '../../../e2e/engines/docker/bench.ts'
import { describeEachDocker } from '../../../e2e/engines/docker/each.ts'
import { startRegistry } from '../../../e2e/engines/docker/registry.ts'
import { untilState } from '../../../e2e/engines/docker/sample.ts'
import { proxyTo } from '../../../e2e/engines/proxy.ts'
import { Watch } from '../../../e2e/engines/watch.ts'
import { docker as engine } from './index.ts'

vi.stubEnv('PORTOLAN_SECRET_KEYS', '5a'.repeat(32))
vi.stubEnv('PORTOLAN_ENGINE_TIMEOUT_MS', '3000')
vi.stubEnv('PORTOLAN_PROBE_INTERVAL_MS', '500')

const soon = () => AbortSignal.timeout(20_000)

describeEachDocker('what it tells', engine, (given) => {
  // Each of them takes its time to come to its state.
  it('tells every state of a container with its reason', { timeout: 90_000 }, async () => {
    const { docker, connection } = given()
    const make = (name: string, ...rest: string[]) => docker(['run', '--detach', '--name', name, ...rest])
    await make('crashing', '--restart', 'always', 'portolan/busybox:1', 'sh', '-c', 'exit 3')
    await make(
      'ill',
      '--stop-signal',
      'KILL',
      '--health-cmd',
      'echo no answer; exit 1',
      '--health-interval',
      '500ms',
      '--health-retries',
      '1',
      'portolan/busybox:1',
      'sleep',
      '1000',
    )
    await make('hungry', '--memory', '12m', 'portolan/busybox:1', 'tail', '/dev/zero')
    await make('done', 'portolan/busybox:1', 'true')
    await make('wrong', 'portolan/busybox:1', 'sh', '-c', 'exit 7')
    await make('halted', ...patient)
    await docker(['stop', 'halted'])
    await docker(['create', '--name', 'lost', 'portolan/busybox:1', 'no-such-program'])
    await expect(docker(['start', 'lost'])).rejects.toThrow()
    const watch = new Watch(connection, ['docker/containers'])
    const verdict = (name: string) => {
      const row = watch.named('docker/containers', name)?.summary
      return row && { health: row.health, state: row.state.code, reason: row.reason?.code }
    }
    await watch.until(
      () =>
        verdict('ill')?.state === 'unhealthy' &&
        (watch.named('docker/containers', 'crashing')?.summary.facts['restarts'] as number) > 1 &&
        verdict('hungry')?.state === 'oom-killed',
    )
    expect(verdict('crashing')).toEqual({ health: 'failing', state: 'crash-loop', reason: 'restarts-again-and-again' })
    expect(verdict('ill')).toEqual({ health: 'failing', state: 'unhealthy', reason: 'health-check-failed' })
    expect(watch.named('docker/containers', 'ill')?.summary.reason?.words).toBe('no answer')
    expect(verdict('hungry')).toEqual({ health: 'failing', state: 'oom-killed', reason: 'killed-for-memory' })
    expect(verdict('done')).toEqual({ health: 'completed', state: 'completed', reason: 'exited-cleanly' })
    expect(verdict('wrong')).toEqual({ health: 'failing', state: 'exited', reason: 'exited-with' })
    expect(verdict('halted')).toEqual({ health: 'stopped', state: 'stopped', reason: 'ended-by-signal' })
    expect(verdict('lost')).toEqual({ health: 'failing', state: 'start-failed', reason: 'engine-could-not-start' })
    await watch.stop()
    await docker(['rm', '--force', 'crashing', 'ill', 'hungry', 'done', 'wrong', 'halted', 'lost'])
  })

  it('tells at once what the engine remembers from before, and what it was of', async () => {
    const { docker, connection } = given()
    await docker(['run', '--detach', '--name', 'earlier', 'portolan/busybox:1', 'sh', '-c', 'exit 5'])
    await docker(['wait', 'earlier'])
    await docker(['rm', 'earlier'])
    const watch = new Watch(
      connection,
      engine.kinds.map((kind) => kind.name),
    )
    await watch.until(() => watch.events.includes('destroy earlier'))
    expect(watch.events).toEqual(expect.arrayContaining(['create earlier', 'start earlier', 'die earlier']))
    await watch.stop()
  })

  it('tells images apart, each by its own tag', async () => {
    const { connection } = given()
    const tags = ['portolan/busybox:1', 'web:1.4', 'worker:2.0', 'db:16']
    const watch = new Watch(connection, ['docker/images'])
    await watch.until(() => watch.complete.has('docker/images'))
    const images = [...watch.rows.values()].filter(({ summary }) => tags.includes(summary.name))
    expect(images.map(({ summary }) => summary.name).toSorted()).toEqual(tags.toSorted())
    expect(new Set(images.map(({ summary }) => summary.facts['size'])).size).toBe(tags.length)
    await watch.stop()
  })

  it('counts who uses what, as containers come and go', async () => {
    const { docker, connection } = given()
    await docker(['network', 'create', 'counted'])
    await docker(['volume', 'create', 'counted'])
    const watch = new Watch(
      connection,
      engine.kinds.map((kind) => kind.name),
    )
    const usedBy = (kind: string) => watch.named(kind, 'counted')?.summary.facts['usedBy']
    await watch.until(() => usedBy('docker/networks') === 0 && usedBy('docker/volumes') === 0)
    await docker(['run', '--detach', '--name', 'user', '--network', 'counted', '--volume', 'counted:/data', ...patient])
    await watch.until(() => usedBy('docker/networks') === 1 && usedBy('docker/volumes') === 1)
    await docker(['stop', 'user'])
    await watch.until(() => usedBy('docker/networks') === 0)
    expect(usedBy('docker/volumes')).toBe(1)
    await docker(['rename', 'user', 'renamed-user'])
    await watch.until(() => watch.named('docker/containers', 'renamed-user') !== undefined)
    expect(watch.named('docker/containers', 'user')).toBeUndefined()
    await docker(['rm', 'renamed-user'])
    await watch.until(() => usedBy('docker/volumes') === 0)
    await watch.stop()
  })

  it('says what a removal would lose', async () => {
    const { docker, connection } = given()
    await docker(['run', '--detach', '--name', 'loaded', '--publish', '127.0.0.1:0:80', '--volume', '/anonymous', '--volume', 'kept:/data', '--label', 'com.docker.compose.project=shop',
      '--stop-signal', 'KILL', 'portolan/busybox:1', 'sh', '-c', 'head -c 3000000 /dev/zero > /blob; head -c 2000000 /dev/zero > /data/blob; sleep 1000']) // prettier-ignore
    await untilState(docker, 'loaded', '{{.State.Running}}', 'true')
    const codes = (await connection.consequences('docker/containers', 'loaded', 'remove', soon())).map((reason) => reason.code)
    expect(codes).toEqual([
      'running-needs-force',
      'ports-stop-answering',
      'logs-lost',
      'writable-layer-lost',
      'anonymous-volumes-go-on-demand',
      'named-volumes-stay',
      'compose-makes-it-anew',
    ])
    // Measuring may take a busy machine longer than a dialog waits for it; then it says so.
    const ofVolume = () => connection.consequences('docker/volumes', 'kept', 'remove', soon())
    await expect
      .poll(ofVolume, { timeout: 20_000 })
      .toMatchObject([{ code: 'used-by-containers' }, { code: 'volume-content-lost', params: { megabytes: 2 } }])
    await docker(['rm', '--force', '--volumes', 'loaded'])
  })

  it('says of an image whether a registry has it too', async () => {
    const { docker, connection } = given()
    const registry = await startRegistry()
    await docker(['pull', registry.image])
    const codesOf = async (image: string) => {
      const id = await docker(['image', 'inspect', '--format', '{{.Id}}', image])
      return (await connection.consequences('docker/images', id, 'remove', soon())).map((reason) => reason.code)
    }
    expect(await codesOf(registry.image)).toEqual(['tags-vanish', 'image-can-be-pulled-again'])
    expect(await codesOf('web:1.4')).toEqual(['tags-vanish', 'image-only-here'])
    await docker(['rmi', registry.image])
    registry.stop()
  })

  it('notices an engine that falls silent without breaking the connection', async () => {
    const proxy = await proxyTo(given().dockerd.socket)
    const through = engine.connect({ transport: 'tcp', host: proxy.host, port: proxy.port }, null)
    const watch = new Watch(through, ['docker/containers'])
    await watch.until(() => watch.alive > 0)
    proxy.stall()
    expect(await watch.ended).toMatchObject({ code: 'engine_timeout', reason: { code: 'no-answer-in-time' } })
    through.close()
    await proxy.close()
  })
})
