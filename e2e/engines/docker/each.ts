import { afterAll, beforeAll, describe } from 'vitest'
import type { Connection, Engine } from '../../../lib/engines/engine.ts'
import { missingForDocker, releases } from './releases.ts'
import { startDocker, type TestDocker } from './start.ts'

export interface Given {
  dockerd: TestDocker
  docker: TestDocker['docker']
  connection: Connection
}

/** Asks the same of every release, each in an engine of its own. What cannot start here is skipped; `vitest.ts` says why. */
export function describeEachDocker(title: string, engine: Engine, tests: (given: () => Given) => void): void {
  for (const release of releases)
    describe.skipIf(missingForDocker(release) !== null)(`Docker ${release}: ${title}`, () => {
      let given: Given
      beforeAll(async () => {
        const dockerd = await startDocker({ release, name: `dockerd ${release}` })
        given = { dockerd, docker: dockerd.docker, connection: engine.connect({ transport: 'socket', path: dockerd.socket }, null) }
      })
      afterAll(async () => {
        given?.connection.close()
        await given?.dockerd.stop()
      })
      tests(() => given)
    })
}
