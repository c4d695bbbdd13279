import { readFileSync } from 'node:fs'
import { expect, it, vi } from 'vitest'
import { describeEachDocker } from '../../../e2e/engines/docker/each.ts'
import type { MetricSample } from '../engine.ts'
import { docker as engine } from './index.ts'

vi.stubEnv('PORTOLAN_SECRET_KEYS', '5a'.repeat(32))

/** Counts to a number when it is told to, which takes any machine some tenths of a second of its cores' time. */
const burner = `trap 'i=0; while [ $i -lt 400000 ]; do i=$((i+1)); done; echo burnt' USR1; echo ready; while true; do sleep 1000 & wait $!; done`

/** What the kernel itself counts of a process and the children that have ended, in seconds of one core. */
function kernelSeconds(pid: string): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ').slice(11, 15) // prettier-ignore
  return ticks.reduce((sum, count) => sum + Number(count), 0) / 100
}

describeEachDocker('its figures', engine, (given) => {
  it('are cores and bytes, however little of the machine a container gets', async () => {
    const { docker, connection } = given()
    const options = ['--memory', '64m', '--stop-signal', 'KILL', 'portolan/busybox:1', 'sh', '-c', burner]
    await docker(['run', '--detach', '--name', 'busy', ...options])
    const pid = await docker(['inspect', '--format', '{{.State.Pid}}', 'busy'])
    const samples: MetricSample[] = []
    const said = async (word: string) => (await docker(['logs', 'busy'])).includes(word)
    while (!(await said('ready')));
    let before = 0
    // From before the work until a sample that was taken after it, so that all of it is in them.
    let following = Number.POSITIVE_INFINITY
    for await (const sample of connection.metrics('docker/containers', 'busy', AbortSignal.timeout(25_000))) {
      if (samples.push(sample) === 2) {
        before = kernelSeconds(pid)
        await docker(['kill', '--signal', 'USR1', 'busy'])
      } else if (samples.length > 2 && following > 2 && (await said('burnt'))) following = 2
      if (following-- === 0) break
    }
    const used = kernelSeconds(pid) - before
    const told = samples.slice(2).reduce((sum, { at, values }, index) => {
      const seconds = (Date.parse(at) - Date.parse(samples[index + 1]!.at)) / 1000
      return sum + values['cpu']! * seconds
    }, 0)
    // Both count the same work, the engine by its cgroup and against the time of all cores.
    expect(used).toBeGreaterThan(0.05)
    expect(told / used).toBeGreaterThan(0.6)
    expect(told / used).toBeLessThan(1.7)
    const last = samples.at(-1)!
    expect(last.values['memory']).toBeGreaterThan(0)
    expect(last.limits['memory']).toBe(64 * 2 ** 20)
    expect(last.values['networkReceived']).toBeGreaterThanOrEqual(0)
    await docker(['rm', '--force', 'busy'])
  })
})
