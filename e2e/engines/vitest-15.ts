import type { TestProject } from 'vitest/node'
import { migrate } from '../../lib/database/migrate.ts'
import { missingForPostgres15, startPostgres15 } from './postgres-15.ts'
import { startSharedDocker } from './vitest.ts'

/** As `vitest.ts`, with a PostgreSQL 15 that is not ours. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const missing = missingForPostgres15()
  if (missing) throw new Error(`The tests need PostgreSQL 15: ${missing}.`)
  const [database, docker] = await Promise.all([startPostgres15(), startSharedDocker()])
  await migrate(database.url)
  project.provide('databaseDir', database.dataDir)
  project.provide('docker', 'missing' in docker ? docker : { socket: docker.socket })
  return async () => {
    if (!('missing' in docker)) await docker.stop()
    await database.stop()
  }
}
