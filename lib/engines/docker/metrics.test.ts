import { describe, expect, it } from 'vitest'
import { StatsReply, toSample } from './metrics.ts'

describe('figures', () => {
  const stats = (second: number, over: object = {}) =>
    StatsReply.parse({
      read: `2026-01-01T12:00:0${second}Z`,
      cpu_stats: { cpu_usage: { total_usage: 3e9 }, system_cpu_usage: 14e9, online_cpus: 4 },
      precpu_stats: { cpu_usage: { total_usage: 2e9 }, system_cpu_usage: 10e9, online_cpus: 4 },
      memory_stats: { usage: 1000, limit: 5000, stats: { total_inactive_file: 300 } },
      networks: { eth0: { rx_bytes: second * 100, tx_bytes: 50 }, eth1: { rx_bytes: second * 10, tx_bytes: 0 } },
      blkio_stats: { io_service_bytes_recursive: [{ op: 'Read', value: second * 7 }] },
      ...over,
    })
  const limits = { cpu: 0.5, memory: null }
  const now = new Date(0)

  it('are cores, bytes in use and bytes per second', () => {
    expect(toSample(stats(3), stats(1), limits, now)).toEqual({
      at: '2026-01-01T12:00:03.000Z',
      values: { cpu: 1, memory: 700, networkReceived: 110, networkSent: 0, diskRead: 7, diskWritten: 0 },
      limits: { cpu: 0.5, memory: 5000 },
    })
  })
  it('are none where the engine has none', () => {
    expect(toSample(stats(1), null, limits, now).values).toMatchObject({ networkReceived: null, memory: 700 })
    expect(toSample(stats(2, { networks: null }), stats(1), limits, now).values['networkReceived']).toBeNull()
    expect(toSample(stats(1), stats(2), limits, now).values['networkReceived']).toBeNull()
    expect(toSample(stats(1, { read: '0001-01-01T00:00:00Z', memory_stats: {} }), null, limits, now)).toMatchObject({
      at: now.toISOString(),
      values: { cpu: null, memory: null },
    })
  })
})
