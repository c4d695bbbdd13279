import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../../lib/database/embedded/index.ts'
import { migrate } from '../../lib/database/migrate.ts'
import { missingForDocker, releases } from './docker/releases.ts'
import { startDocker, type TestDocker } from './docker/start.ts'
import { offerSharedKubernetes } from './kubernetes/offer.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The data folder of the shared Postgres; its database `portolan` is the template of all others. */
    databaseDir: string
    /** The socket of the shared dockerd, or why there is none. */
    docker: { socket: string } | { missing: string }
    /** Behind this socket is the shared cluster; `sharedKubernetes()` of `kubernetes/shared.ts` asks for it. */
    kubernetes: { socket: string } | { missing: string }
  }
}

/** What a test needs and the machine lacks is skipped by name; with CI=true it fails instead. */
export async function startSharedDocker(): Promise<TestDocker | { missing: string }> {
  for (const release of releases) {
    const missing = missingForDocker(release)
    if (missing && process.env.CI === 'true') throw new Error(`The tests need Docker ${release}: ${missing}.`)
    if (missing) console.log(`SKIPPED what needs Docker ${release}: ${missing}.`)
  }
  const missing = missingForDocker()
  return missing ? { missing } : startDocker({ name: 'shared dockerd' })
}

/** One Postgres, one dockerd and, if any asks for it, one cluster for every integration test. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'portolan-test-'))
  const settings = { fsync: 'off', full_page_writes: 'off', max_connections: '200' }
  const [database, docker, kubernetes] = await Promise.all([
    startEmbedded({ dataDir, settings }),
    startSharedDocker(),
    offerSharedKubernetes(join(dataDir, 'kubernetes.sock')),
  ])
  await migrate(database.url)
  project.provide('databaseDir', dataDir)
  project.provide('docker', 'missing' in docker ? docker : { socket: docker.socket })
  project.provide('kubernetes', 'missing' in kubernetes ? kubernetes : { socket: kubernetes.socket })
  return async () => {
    if (!('missing' in docker)) await docker.stop()
    if (!('missing' in kubernetes)) await kubernetes.stop()
    await database.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
