import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { minors, missingForKubernetes } from '../../../e2e/engines/kubernetes/releases.ts'
import { startKubernetes, type TestKubernetes } from '../../../e2e/engines/kubernetes/start.ts'
import { Watch } from '../../../e2e/engines/watch.ts'
import { sealSecrets } from '../../access/secrets.ts'
import type { Connection } from '../engine.ts'

vi.stubEnv('PORTOLAN_SECRET_KEYS', '5a'.repeat(32))
const { kubernetes: engine } = await import('./index.ts')

const soon = () => AbortSignal.timeout(20_000)
const [, ...older] = minors

/** The newest is asked the whole contract. */
for (const minor of older)
  describe.skipIf(missingForKubernetes(minor) !== null)(`Kubernetes ${minor}`, () => {
    let cluster: TestKubernetes
    let connection: Connection
    beforeAll(async () => {
      cluster = await startKubernetes({ name: minor, minor })
      connection = engine.connect({ auth: 'token', server: cluster.url }, sealSecrets({ ca: cluster.ca, token: cluster.token }))
    }, 120_000)
    afterAll(async () => {
      connection?.close()
      await cluster?.stop()
    })

    it('is followed and acted on like the newest', { timeout: 60_000 }, async () => {
      expect((await connection.probe(soon())).version).toMatch(new RegExp(`^${minor}\\.`))
      await cluster.kubectl('create', 'deployment', 'web', '--image=web:1.4', '--replicas=2', '--', 'sleep', '1000')
      const watch = new Watch(
        connection,
        engine.kinds.map(({ name }) => name),
      )
      const deployment = () => watch.named('kubernetes/deployments.apps', 'web')
      const ready = (replicas: number) => watch.until(() => deployment()?.summary.facts['readyCount'] === replicas)
      // Of what this minor does not serve there are none.
      await watch.until(() => engine.kinds.every(({ name, category }) => category === 'event' || watch.complete.has(name)))
      await ready(2)
      const { key, uid } = deployment()!.summary
      const scale = { kind: 'kubernetes/deployments.apps', key, uid, action: 'scale', input: { replicas: 1 } }
      await connection.act(scale, () => undefined, soon())
      await ready(1)
      const pods = [...watch.rows].filter(([id, { summary }]) => id.startsWith('kubernetes/pods ') && summary.health === 'healthy')
      expect(pods.length).toBeGreaterThan(0)
      await watch.stop()
    })
  })
