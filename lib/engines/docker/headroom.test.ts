import { expect, it } from 'vitest'
import { fakeDocker } from './fake-docker.ts'
import { diskOf, measureHeadroom, UsageReply } from './headroom.ts'

const usage = {
  LayersSize: 1000,
  Images: [
    { Size: 600, SharedSize: 200, Containers: 2 },
    { Size: 500, SharedSize: 200, Containers: 0 },
    { Size: 100, SharedSize: -1, Containers: 1 },
  ],
  Containers: [{ SizeRw: 30, State: 'running' }, { SizeRw: 12, State: 'exited' }, { State: 'paused' }],
  Volumes: [
    { UsageData: { Size: 70, RefCount: 1 } },
    { UsageData: { Size: 5, RefCount: 0 } },
    { UsageData: { Size: -1, RefCount: 0 } },
    {},
  ],
  BuildCache: [
    { Size: 9, InUse: false, Shared: false },
    { Size: 4, InUse: true, Shared: false },
    { Size: 8, InUse: false, Shared: true },
  ],
}

it('counts what Docker keeps on disk as Docker does: shared layers once, what is not measured not at all', () => {
  expect(diskOf(UsageReply.parse(usage))).toEqual([
    { part: 'images', bytes: 1000, reclaimableBytes: 600 },
    { part: 'volumes', bytes: 75, reclaimableBytes: 5 },
    { part: 'writable', bytes: 42, reclaimableBytes: 12 },
    { part: 'cache', bytes: 13, reclaimableBytes: 9 },
  ])
  expect(diskOf(UsageReply.parse({ LayersSize: 0, Images: null })).every(({ bytes }) => bytes === 0)).toBe(true)
})

it('adds up what the containers use, and leaves out one that ends meanwhile', async () => {
  let asked = 0
  const stats = (memory: number) => (response: { end(text: string): void }) => {
    asked++
    const cpu = { cpu_usage: { total_usage: asked * 50 }, system_cpu_usage: asked * 400, online_cpus: 4 }
    response.end(JSON.stringify({ read: '2026-11-21T10:00:00Z', cpu_stats: cpu, memory_stats: { usage: memory, stats: {} } }))
  }
  const { api, close } = await fakeDocker({
    '/info': { ID: 'fake', Name: 'fake', NCPU: 4, MemTotal: 8192 },
    '/containers/json': ['a', 'gone'].map((id) => ({ Id: id, ImageID: 'sha256:1' })),
    '/containers/a/stats': stats(700),
    '/system/df': usage,
  })
  const headroom = await measureHeadroom(api, AbortSignal.timeout(10_000), () => new Date('2026-11-21T10:00:00Z'))
  close()
  expect(headroom).toMatchObject({ cores: 4, memoryBytes: 8192, usedCores: 0.5, usedMemoryBytes: 700, at: '2026-11-21T10:00:00.000Z' })
  expect(headroom.disk).toHaveLength(4)
})
