import { LRUCache } from 'lru-cache'
import { prisma } from '../database/index.ts'
import type { EnvironmentModel } from '../database/generated/models/Environment.ts'
import type { Connection, ConnectionSettings } from '../engines/engine.ts'
import { engineOf } from '../engines/index.ts'
import { AppError } from '../errors/index.ts'
import { once } from '../once.ts'

interface Held {
  revision: number
  connection: Connection
}

/** More environments than this are not acted on at once from one process; the one unused for longest is closed. */
const mostConnections = 200

const held = () =>
  once(
    'operations.connections',
    () => new LRUCache<number, Held>({ max: mostConnections, dispose: ({ connection }) => connection.close() }),
  )

/** A connection to act and stream through, kept while the environment's settings stay the same. */
export function connectTo(
  row: Pick<EnvironmentModel, 'id' | 'name' | 'engine' | 'settings' | 'secrets' | 'revision' | 'pausedAt'>,
): Connection {
  if (row.pausedAt)
    throw new AppError('blocked', `${row.name} is paused.`, { reason: { code: 'environment_paused', params: { environment: row.name } } })
  const known = held().get(row.id)
  if (known?.revision === row.revision) return known.connection
  const connection = engineOf(row.engine).connect(row.settings as ConnectionSettings, row.secrets)
  // Setting disposes of the older one, whose settings no longer hold.
  held().set(row.id, { revision: row.revision, connection })
  return connection
}

/** The same by the environment's id. Who may use it is for the caller to decide. Throws `not_found`, `blocked`. */
export async function connectionOf(environment: string): Promise<Connection> {
  const row = await prisma().environment.findUnique({ where: { id: Number(environment) } })
  if (!row) throw new AppError('not_found', 'There is no such environment.', { reason: { code: 'environment_gone' } })
  return connectTo(row)
}

/** Closes what is held of an environment that is paused, changed or removed. */
export const dropConnection = (environmentId: number): void => void held().delete(environmentId)
