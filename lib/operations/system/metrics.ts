import { collectDefaultMetrics, Registry } from 'prom-client'
import { z } from 'zod'
import { once } from '../../once.ts'
import { download, type Download } from '../download.ts'
import { operation } from '../operation.ts'

/** One registry per process: server.ts and the routes that Next bundles count into the same one. */
export const registry = (): Registry =>
  once('operations.metrics', () => {
    const made = new Registry()
    collectDefaultMetrics({ register: made, prefix: 'portolan_' })
    return made
  })

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
