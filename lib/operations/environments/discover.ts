import { z } from 'zod'
import { prisma } from '../../database/index.ts'
import { engines } from '../../engines/index.ts'
import { nextFlag } from '../../model/flag.ts'
import { operation } from '../operation.ts'
import { Discovered } from './schemas.ts'

export const discoverEngines = operation({
  name: 'environments.discover',
  summary: 'Looks at this machine, touches nothing: what could be connected here',
  requires: 'administrator',
  input: z.object({}),
  output: z.object({ found: z.array(Discovered) }),
  changes: false,
  async run({ signal }) {
    const [environments, ...perEngine] = await Promise.all([
      prisma().environment.findMany({ select: { id: true, name: true, engineId: true } }),
      ...engines.map(async (engine) => (await engine.discover(signal)).map((one) => ({ engine, one }))),
    ])
    const byEngineId = new Map(environments.map(({ engineId, id, name }) => [engineId, { id: String(id), name }]))
    return {
      found: perEngine.flat().map(({ engine, one }, index): Discovered => ({
        engine: engine.name,
        title: engine.title,
        settings: one.settings,
        address: one.address,
        name: one.name,
        flag: nextFlag(one.name, environments.length + index),
        probe: 'error' in one.probe ? null : one.probe,
        error: 'error' in one.probe ? one.probe.error : null,
        connectedAs: ('error' in one.probe ? undefined : byEngineId.get(one.probe.engineId)) ?? null,
      })),
    }
  },
})
