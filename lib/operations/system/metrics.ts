import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { z } from 'zod'
import { databaseNow, prisma } from '../../database/index.ts'
import { isAppError } from '../../errors/index.ts'
import { secondsSinceBatch } from '../../inventory/index.ts'
import { once } from '../../once.ts'
import { settings } from '../../settings.ts'
import { download, type Download } from '../download.ts'
import { operation } from '../operation.ts'

/** One registry per process: server.ts and the routes that Next bundles count into the same one. */
export const registry = (): Registry =>
  once('operations.metrics', () => {
    const made = new Registry()
    collectDefaultMetrics({ register: made, prefix: 'portolan_' })
    gauge('portolan_followed_environments', 'Environments that a sync holds a fresh lease of.', followed, made)
    gauge('portolan_seconds_since_batch', 'Since any sync last wrote what an engine said.', secondsSinceBatch, made)
    return made
  })

const followed = async () => {
  const valid = new Date((await databaseNow()).getTime() - settings().leaseVoidMs)
  return prisma().lease.count({ where: { renewedAt: { gt: valid } } })
}

/** A figure that is read when it is asked for. Without our database it is not known; all others still are. */
export function gauge(name: string, help: string, read: () => number | Promise<number>, on: Registry = registry()): void {
  on.removeSingleMetric(name)
  const made = new Gauge({
    name,
    help,
    registers: [],
    async collect() {
      try {
        this.set(await read())
      } catch (error) {
        if (!isAppError(error) || error.code !== 'unavailable') throw error
        this.set(Number.NaN)
      }
    },
  })
  on.registerMetric(made)
}

async function* textOf(): AsyncGenerator<string> {
  yield await registry().metrics()
}

/**
 * For administrators, and for a program on the same machine without a session (see `localProgram` of its endpoint):
 * that is where a scraper or its agent runs. The figures name operations, never people, environments or resources.
 */
export const readMetrics = operation({
  name: 'system.metrics',
  summary: 'Figures of this process for Prometheus',
  requires: 'administrator',
  input: z.object({}),
  output: z.custom<Download>().meta({ description: 'text/plain' }),
  changes: false,
  run: async () => download(registry().contentType, null, textOf()),
})
