import { z } from 'zod'
import { prisma } from '../../database/index.ts'
import type { ConnectionSettings, Engine, HostKey, Probe } from '../../engines/engine.ts'
import { engineOf } from '../../engines/index.ts'
import { AppError } from '../../errors/index.ts'
import { settings as portolanSettings } from '../../settings.ts'
import { patchSecrets } from '../../access/index.ts'
import { parseInput } from '../perform.ts'

/** How an engine is reached, as it comes in. A secret that is null is forgotten, one that is missing is kept. */
export const ConnectionInput = {
  settings: z.record(z.string(), z.unknown()).meta({ description: "What the engine's own form asks for" }),
  secrets: z
    .record(z.string(), z.string().max(200_000).nullable())
    .optional()
    .meta({ description: 'Write-only: encrypted at rest, never answered' }),
}

export interface Reach {
  engine: Engine
  settings: ConnectionSettings
  sealed: Uint8Array<ArrayBuffer> | null
}

/** Parses what came in with the engine's own schemas and seals the secrets. Throws `invalid_input`, `not_found`. */
export function readReach(
  engineName: string,
  given: { settings: ConnectionSettings; secrets?: Record<string, string | null> },
  kept: Uint8Array | null = null,
): Reach {
  const engine = engineOf(engineName)
  const wanted = Object.entries(given.secrets ?? {}).filter(([, value]) => value !== null)
  const schema = z.object({ settings: engine.connection.settings, secrets: engine.connection.secrets })
  const { settings, secrets } = parseInput(schema, { settings: given.settings, secrets: Object.fromEntries(wanted) })
  const forgotten = Object.entries(given.secrets ?? {}).filter(([, value]) => value === null)
  return { engine, settings, sealed: patchSecrets(kept, { ...secrets, ...Object.fromEntries(forgotten) }) }
}

/** Asks the engine who it is, through a connection of its own. Throws what the engine's connection says is wrong. */
export async function probe({ engine, settings, sealed }: Reach, signal: AbortSignal): Promise<Probe> {
  const connection = engine.connect(settings, sealed)
  try {
    return await connection.probe(AbortSignal.any([signal, AbortSignal.timeout(portolanSettings().engineTimeoutMs)]))
  } finally {
    connection.close()
  }
}

/** The same before it is saved. Throws also `conflict` while the settings do not name the key of the machine on the way. */
export async function probeToSave(reach: Reach, signal: AbortSignal): Promise<Probe> {
  const found = await probe(reach, signal)
  if (found.hostKey && !found.hostKey.pinned) throw hostKeyUnconfirmed(found.hostKey)
  return found
}

const hostKeyUnconfirmed = ({ fingerprint: shown, type }: HostKey): AppError =>
  new AppError('conflict', `The host shows the key ${shown}. If it is the right one, save with hostKey set to it.`, {
    reason: { code: 'host-key-unconfirmed', params: { shown, type } },
  })

/** The environment that this engine is connected as already, if it is. */
export async function connectedAs(engineId: string): Promise<{ id: string; name: string } | null> {
  const row = await prisma().environment.findUnique({ where: { engineId }, select: { id: true, name: true } })
  return row && { id: String(row.id), name: row.name }
}

export const alreadyConnected = (other: { id: string; name: string }): AppError =>
  new AppError('conflict', `This engine is connected already, as ${other.name}.`, {
    reason: { code: 'engine_connected', params: { environment: other.name } },
    details: { environment: other.id },
  })

export const nameTaken = (name: string): AppError =>
  new AppError('conflict', `An environment is called ${name} already.`, {
    reason: { code: 'environment_name_taken', params: { environment: name } },
  })
