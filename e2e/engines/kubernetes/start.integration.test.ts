import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../until.ts'
import { missingForKubernetes } from './releases.ts'
import { startKubernetes, type TestKubernetes } from './start.ts'

const pod = (name: string, command: string, limits: Record<string, string> = {}) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: {
      terminationGracePeriodSeconds: 0,
      containers: [{ name: 'main', image: 'web:1.4', command: ['sh', '-c', command], resources: { limits } }],
    },
  })

async function processes(): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  // One that ended meanwhile says nothing.
  const commands = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
  return commands.map((command) => command.replaceAll('\0', ' '))
}

describe.skipIf(missingForKubernetes() !== null)('the cluster of the tests', () => {
  let cluster: TestKubernetes
  let other: TestKubernetes
  /** The other minor, where it is there: with CI=true it has to be. */
  const otherMinor = missingForKubernetes('1.35') === null ? '1.35' : '1.36'
  beforeAll(async () => {
    ;[cluster, other] = await Promise.all([
      startKubernetes({ name: 'north' }),
      startKubernetes({ name: 'south', minor: otherMinor, kubelet: false }),
    ])
  }, 120_000)
  afterAll(async () => {
    await Promise.all([cluster?.stop(), other?.stop()])
  })

  it('runs pods, tells their logs, and lets one in', async () => {
    await cluster.apply(pod('greeter', 'echo good morning; sleep 1000'))
    await cluster.kubectl('wait', 'pod/greeter', '--for=condition=Ready', '--timeout=30s')
    expect(await cluster.kubectl('logs', 'greeter')).toBe('good morning')
    expect(await cluster.kubectl('exec', 'greeter', '--', 'cat', '/etc/hostname')).toBe('greeter')
  })

  it('says of a container that it used too much memory', async () => {
    await cluster.apply(pod('greedy', 'tail /dev/zero', { memory: '16Mi' }))
    const last = async () =>
      cluster.kubectl('get', 'pod', 'greedy', '--output', 'jsonpath={.status.containerStatuses[0].lastState.terminated}')
    await until(async () => (await last()) !== '')
    expect(JSON.parse(await last())).toMatchObject({ reason: 'OOMKilled', exitCode: 137 })
  })

  it('stands beside another one, which is another one', async () => {
    await other.apply(pod('stranger', 'sleep 1000'))
    expect(await other.kubectl('get', 'pods', '--output', 'name')).toBe('pod/stranger')
    expect(await cluster.kubectl('get', 'pods', '--output', 'name')).not.toContain('stranger')
    const versions = await Promise.all([cluster, other].map(({ kubectl }) => kubectl('get', '--raw', '/version')))
    expect(versions.map((text) => (JSON.parse(text) as { minor: string }).minor)).toEqual(['36', otherMinor.slice('1.'.length)])
  })

  it('comes back with all it had', async () => {
    await other.kill('SIGKILL')
    await expect(other.kubectl('get', 'pods')).rejects.toThrow(/refused/)
    await other.restart()
    expect(await other.kubectl('get', 'pods', '--output', 'name')).toBe('pod/stranger')
  })

  it('leaves nothing', async () => {
    await cluster.apply(pod('lodger', 'exec sleep 7351'))
    await cluster.kubectl('wait', 'pod/lodger', '--for=condition=Ready', '--timeout=30s')
    const directory = dirname(cluster.kubeconfigFile)
    const left = async () => (await processes()).filter((command) => command.includes(directory) || command.includes('sleep 7351'))
    expect(await left()).toEqual(
      expect.arrayContaining(['sleep 7351 ', expect.stringContaining('kubelet'), expect.stringContaining('etcd')]),
    )
    await cluster.stop()
    expect(await left()).toEqual([])
    expect(existsSync(directory)).toBe(false)
    expect(await readFile('/proc/self/mounts', 'utf8')).not.toContain(directory)
    for (const hierarchy of await readdir('/sys/fs/cgroup'))
      expect(existsSync(join('/sys/fs/cgroup', hierarchy, `portolan-${basename(directory)}`))).toBe(false)
  })
})
