import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { useDatabase as givenDatabase } from '../../e2e/engines/database.ts'
import { missingForKubernetes } from '../../e2e/engines/kubernetes/releases.ts'
import { startKubernetes, type TestKubernetes } from '../../e2e/engines/kubernetes/start.ts'
import { until } from '../../e2e/engines/until.ts'
import { sealSecrets } from '../access/secrets.ts'
import { pool, prisma } from '../database/index.ts'
import { engineOf } from '../engines/index.ts'
import { runSync } from './run.ts'

vi.stubEnv('PORTOLAN_LEASE_RENEW_MS', '300')
vi.stubEnv('PORTOLAN_LEASE_VOID_MS', '1000')
vi.stubEnv('PORTOLAN_PROBE_INTERVAL_MS', '500')
givenDatabase()

describe.skipIf(missingForKubernetes() !== null)('a cluster', () => {
  let cluster: TestKubernetes
  let sync: { stop(): Promise<void> } | undefined
  beforeAll(async () => {
    cluster = await startKubernetes({ name: 'sync', kubelet: false })
  }, 60_000)
  afterEach(() => sync?.stop())
  afterAll(() => cluster?.stop())

  async function addEnvironment(name: string, token: string, more: { namespaces?: string[] } = {}): Promise<number> {
    const { id } = await prisma().environment.create({
      data: {
        name,
        engine: 'kubernetes',
        stage: 'dev',
        flagHue: 'teal',
        flagPattern: 'cross',
        flagCode: 'DEV',
        protected: false,
        settings: { auth: 'token', server: cluster.url, ...more },
        secrets: sealSecrets({ token, ca: cluster.ca }),
        engineId: name,
      },
    })
    return id
  }
  function startSync(): void {
    const stopping = new AbortController()
    const running = runSync(stopping.signal)
    sync = {
      stop: async () => {
        stopping.abort()
        await running
      },
    }
  }
  const environmentOf = (id: number) => prisma().environment.findUniqueOrThrow({ where: { id } })
  const keysOf = async (id: number, kind: string) =>
    (
      await pool().query<{ key: string }>('SELECT key FROM resources WHERE environment_id = $1 AND kind = $2 ORDER BY key', [id, kind])
    ).rows.map(({ key }) => key)

  test('is in the inventory as it is, of every kind, and stays so', async () => {
    const id = await addEnvironment('whole', cluster.token)
    startSync()
    await until(async () => (await environmentOf(id)).state === 'live')
    expect(await environmentOf(id)).toMatchObject({ error: null, unfollowed: {}, engineVersion: expect.stringMatching(/^1\.36/) as string })
    const { rows } = await pool().query<{ kind: string }>('SELECT kind FROM cursors WHERE environment_id = $1 AND listed_at IS NOT NULL', [
      id,
    ])
    const listed = engineOf('kubernetes').kinds.filter((kind) => kind.category !== 'event')
    expect(rows.map(({ kind }) => kind).toSorted()).toEqual(listed.map(({ name }) => name).toSorted())
    const roles = (await cluster.kubectl('get', 'clusterroles', '--output', 'name')).split('\n').length
    expect(await keysOf(id, 'kubernetes/clusterroles.rbac.authorization.k8s.io')).toHaveLength(roles)

    await cluster.kubectl('create', 'configmap', 'fresh')
    await until(async () => (await keysOf(id, 'kubernetes/configmaps')).includes('default/fresh'))
    await cluster.kubectl('delete', 'configmap', 'fresh')
    await until(async () => !(await keysOf(id, 'kubernetes/configmaps')).includes('default/fresh'))
  })

  test('that may be seen in part is live in part, and says why not more', async () => {
    await cluster.kubectl('create', 'serviceaccount', 'ann')
    await cluster.kubectl('create', 'role', 'reader', '--verb=get,list,watch', '--resource=configmaps')
    await cluster.kubectl('create', 'rolebinding', 'reader', '--role=reader', '--serviceaccount=default:ann')
    const id = await addEnvironment('part', await cluster.kubectl('create', 'token', 'ann'), { namespaces: ['default'] })
    startSync()
    await until(async () => (await environmentOf(id)).state === 'live')
    expect(await keysOf(id, 'kubernetes/configmaps')).toEqual(['default/kube-root-ca.crt'])
    const unfollowed = (await environmentOf(id)).unfollowed as Record<string, unknown>
    expect(unfollowed).not.toHaveProperty('kubernetes/configmaps')
    expect(unfollowed['kubernetes/secrets']).toMatchObject({ code: 'api-forbidden', params: { user: 'system:serviceaccount:default:ann' } })
  })
})
