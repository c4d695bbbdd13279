import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { missingForKubernetes } from '../../../e2e/engines/kubernetes/releases.ts'
import { startKubernetes, type TestKubernetes } from '../../../e2e/engines/kubernetes/start.ts'
import { sealSecrets } from '../../access/secrets.ts'
import type { Connection, LogFrame, LogOptions, TerminalOptions } from '../engine.ts'
import { kubernetes } from './index.ts'
import { readKubeconfig } from './kubeconfig.ts'

vi.stubEnv('PORTOLAN_SECRET_KEYS', '5a'.repeat(32))
vi.stubEnv('PORTOLAN_ENGINE_TIMEOUT_MS', '5000')

const everything: LogOptions = { follow: true, stdout: true, stderr: true }
const soon = () => AbortSignal.timeout(30_000)

interface Collected {
  lines: string[]
  marks: string[]
  cursor: string | undefined
}

/** Reads until it is enough. */
async function collect(frames: AsyncIterable<LogFrame>, isEnough: (seen: Collected) => boolean): Promise<Collected> {
  const seen: Collected = { lines: [], marks: [], cursor: undefined }
  for await (const frame of frames) {
    if (frame.type === 'mark') seen.marks.push(`${frame.mark} ${frame.params['of'] ?? ''}`.trim())
    else {
      seen.lines.push(...frame.lines.map(({ source, text }) => (source === undefined ? text : `${source}: ${text}`)))
      seen.cursor = frame.cursor
    }
    if (isEnough(seen)) break
  }
  return seen
}

describe.skipIf(missingForKubernetes() !== null)('what runs in a cluster', () => {
  let cluster: TestKubernetes
  let connection: Connection
  beforeAll(async () => {
    cluster = await startKubernetes({ name: 'streams' })
    const { settings, secrets } = readKubeconfig(cluster.kubeconfig)[0]!
    connection = kubernetes.connect(settings!, sealSecrets(secrets as Record<string, string>))
  }, 120_000)
  afterAll(async () => {
    connection?.close()
    await cluster?.stop()
  })

  const container = (name: string, script: string) => ({ name, image: 'portolan/busybox:1', command: ['sh', '-c', script] })
  const pod = (name: string, containers: object[], more: object = {}) =>
    JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { terminationGracePeriodSeconds: 0, containers, ...more } })
  const ready = (name: string) => cluster.kubectl('wait', name, '--for=condition=Ready', '--timeout=60s')
  const uidOf = (name: string) => cluster.kubectl('get', 'pod', name, '--output', 'jsonpath={.metadata.uid}')

  it('tells the logs of all containers of a pod as one, in order of time', async () => {
    const script = (name: string, first: string) => `sleep ${first}; for i in 1 2 3; do echo ${name} $i; sleep 0.4; done; sleep 1000`
    await cluster.apply(pod('choir', [container('low', script('low', '0')), container('high', script('high', '0.2'))]))
    await ready('pod/choir')
    const frames = connection.logs('kubernetes/pods', 'default/choir', everything, soon())
    const { lines } = await collect(frames, (seen) => seen.lines.length === 6)
    expect(lines.filter((line) => line.startsWith('low'))).toEqual(['low: low 1', 'low: low 2', 'low: low 3'])
    expect(lines.filter((line) => line.startsWith('high'))).toEqual(['high: high 1', 'high: high 2', 'high: high 3'])
    const again = connection.logs('kubernetes/pods', 'default/choir', { ...everything, follow: false }, soon())
    const whole: string[] = []
    for await (const frame of again) if (frame.type === 'lines') whole.push(...frame.lines.map(({ at }) => at))
    expect(whole).toHaveLength(6)
    expect(whole).toEqual(whole.toSorted())
  })

  it('goes on behind a cursor with no line lost and none twice, and marks a restart', async () => {
    const script =
      'n=$(cat /kept/n 2>/dev/null || echo 0); echo $((n+1)) > /kept/n; for i in $(seq 1 30); do echo $n.$i; sleep 0.05; done; [ $n = 0 ] && sleep 2 && exit 3; sleep 1000'
    const kept = { volumes: [{ name: 'kept', emptyDir: {} }] }
    const main = { ...container('main', script), volumeMounts: [{ name: 'kept', mountPath: '/kept' }] }
    await cluster.apply(pod('again', [main], kept))
    await ready('pod/again')
    const read = (cursor: string | undefined, isEnough: (seen: Collected) => boolean) =>
      collect(connection.logs('kubernetes/pods', 'default/again', { ...everything, ...(cursor && { cursor }) }, soon()), isEnough)
    const first = await read(undefined, ({ lines }) => lines.length >= 10)
    const second = await read(first.cursor, ({ lines }) => lines.length >= 5)
    const rest = await read(second.cursor, ({ lines }) => lines.includes('1.30'))
    const numbered = (life: number) => Array.from({ length: 30 }, (_, i) => `${life}.${i + 1}`)
    expect([...first.lines, ...second.lines, ...rest.lines]).toEqual([...numbered(0), ...numbered(1)])
    expect(rest.marks).toEqual(['ended', 'started'])
    await expect(read('nonsense', () => true)).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('tells the logs of all pods of a workload, and of those that join', async () => {
    const labels = { app: 'crowd' }
    const template = {
      metadata: { labels },
      spec: { terminationGracePeriodSeconds: 0, containers: [container('main', 'echo I am $HOSTNAME; sleep 1000')] },
    }
    const spec = { replicas: 2, selector: { matchLabels: labels }, template }
    await cluster.apply(JSON.stringify({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'crowd' }, spec }))
    await cluster.kubectl('wait', 'deployment/crowd', '--for=condition=Available', '--timeout=60s')
    let scaled = false
    const { lines } = await collect(connection.logs('kubernetes/deployments.apps', 'default/crowd', everything, soon()), (seen) => {
      if (seen.lines.length === 2 && !scaled) {
        scaled = true
        void cluster.kubectl('scale', 'deployment/crowd', '--replicas=3')
      }
      return seen.lines.length === 3
    })
    expect(new Set(lines).size).toBe(3)
    for (const line of lines) expect(line).toMatch(/^(crowd-\S+)\/main: I am \1$/)
  })

  const options: Omit<TerminalOptions, 'uid'> = {
    mode: 'exec',
    command: null,
    user: null,
    workingDirectory: null,
    size: { columns: 91, rows: 27 },
  }
  async function readAll(output: AsyncIterable<Uint8Array>): Promise<string> {
    let text = ''
    for await (const bytes of output) text += Buffer.from(bytes).toString()
    return text
  }

  it('opens a terminal in the shell that is there, sized, and says how it ended', async () => {
    await cluster.apply(pod('berth', [container('main', 'sleep 1000')]))
    await ready('pod/berth')
    const uid = await uidOf('berth')
    const terminal = await connection.terminal('kubernetes/pods', 'default/berth', { ...options, uid }, soon())
    expect(terminal.program).toBe('/bin/ash')
    const text = readAll(terminal.output)
    terminal.write(Buffer.from('stty size; exit 7\n'))
    expect(await text).toContain('27 91')
    expect(await terminal.ended()).toEqual({ what: 'program', exitCode: 7 })
    const open = (more: Partial<TerminalOptions>) =>
      connection.terminal('kubernetes/pods', 'default/berth', { ...options, uid, ...more }, soon())
    await expect(open({ command: ['/nowhere'] })).rejects.toMatchObject({ code: 'blocked', reason: { code: 'no-such-program' } })
    await expect(open({ user: 'root' })).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(open({ uid: 'another' })).rejects.toMatchObject({ code: 'conflict' })
    await expect(connection.terminal('kubernetes/pods', 'default/nobody', { ...options, uid }, soon())).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('ends a terminal with its pod, and says that it was the pod', async () => {
    const uid = await uidOf('berth')
    const terminal = await connection.terminal('kubernetes/pods', 'default/berth', { ...options, uid }, soon())
    const text = readAll(terminal.output).catch((error: unknown) => error)
    await cluster.kubectl('delete', 'pod', 'berth', '--now')
    await text
    expect(await terminal.ended()).toMatchObject({ what: 'resource' })
  })
})
