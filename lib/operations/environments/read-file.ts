import PQueue from 'p-queue'
import { z } from 'zod'
import { prisma } from '../../database/index.ts'
import type { InFile } from '../../engines/engine.ts'
import { engineOf } from '../../engines/index.ts'
import { AppError, isAppError, toWire } from '../../errors/index.ts'
import { nextFlag } from '../../model/flag.ts'
import { operation } from '../operation.ts'
import { connectedAs, probe, readReach } from './connection.ts'
import { Discovered } from './schemas.ts'

/** As long as a request may be is longer than any kubeconfig that people keep. */
const longestFile = 500_000
const askedAtOnce = 4

const Found = Discovered.extend({
  /** What the file held, back to whoever sent it: it is kept nowhere until it is connected. */
  secrets: z.record(z.string(), z.string()),
})
type Found = z.infer<typeof Found>

/** Asks one who it is; that it does not answer is an answer. */
async function ask(
  engine: string,
  found: InFile,
  signal: AbortSignal,
): Promise<Pick<Found, 'settings' | 'secrets' | 'probe' | 'error' | 'connectedAs'>> {
  const nothing = { settings: {}, secrets: {}, probe: null, error: null, connectedAs: null }
  if (found.refused) {
    const refusal = new AppError('unsupported', `${found.name} is not followed: ${found.refused.code}.`, { reason: found.refused })
    return { ...nothing, error: toWire(refusal) }
  }
  const { settings, secrets } = found
  try {
    const answer = await probe(readReach(engine, { settings, secrets }), signal)
    return { settings, secrets, probe: answer, error: null, connectedAs: await connectedAs(answer.engineId) }
  } catch (error) {
    if (!isAppError(error)) throw error
    return { ...nothing, settings, secrets, error: toWire(error) }
  }
}

export const readEngineFile = operation({
  name: 'environments.read-file',
  summary: "Reads a file of an engine's own tools, such as a kubeconfig, and asks everything that it leads to who it is; nothing is saved",
  requires: 'administrator',
  input: z.object({ engine: z.string().max(50), text: z.string().min(1).max(longestFile) }),
  output: z.object({ found: z.array(Found) }),
  changes: true,
  async run({ signal }, { engine: name, text }) {
    const engine = engineOf(name)
    if (!engine.readFile)
      throw new AppError('unsupported', `${engine.title} has no such file.`, {
        reason: { code: 'no-file-of-engine', params: { engine: engine.title } },
      })
    const places = engine.readFile(text)
    const taken = await prisma().environment.count()
    const queue = new PQueue({ concurrency: askedAtOnce })
    const found = await queue.addAll(
      places.map((place, index) => async (): Promise<Found> => ({
        engine: name,
        title: engine.title,
        address: place.address,
        name: place.name,
        flag: nextFlag(place.name, taken + index),
        ...(await ask(name, place, signal)),
      })),
    )
    return { found }
  },
})
