import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { missingForKubernetes } from '../../../e2e/engines/kubernetes/releases.ts'
import { startKubernetes, type TestKubernetes } from '../../../e2e/engines/kubernetes/start.ts'
import { until } from '../../../e2e/engines/until.ts'
import { Watch } from '../../../e2e/engines/watch.ts'
import { sealSecrets } from '../../access/secrets.ts'
import type { Connection, ConnectionSecrets, ConnectionSettings, Followed } from '../engine.ts'

vi.stubEnv('PORTOLAN_SECRET_KEYS', '5a'.repeat(32))
vi.stubEnv('PORTOLAN_ENGINE_TIMEOUT_MS', '3000')
vi.stubEnv('PORTOLAN_PROBE_INTERVAL_MS', '500')
const { kubernetes: engine } = await import('./index.ts')

const kinds = engine.kinds.map((kind) => kind.name)
const configmaps = 'kubernetes/configmaps'
const canary = 'canary-4c1e77'
const soon = () => AbortSignal.timeout(20_000)

describe.skipIf(missingForKubernetes() !== null)('a cluster', () => {
  let cluster: TestKubernetes
  let connection: Connection
  const opened: Connection[] = []
  const connect = (secrets: ConnectionSecrets, settings: ConnectionSettings = {}): Connection => {
    const one = engine.connect({ auth: 'token', server: cluster.url, ...settings }, sealSecrets({ ca: cluster.ca, ...secrets }))
    opened.push(one)
    return one
  }
  const configmap = (name: string, data: Record<string, string> = {}) =>
    cluster.apply(JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data }))
  const reasonOf = (failing: Promise<unknown>) =>
    failing.then(
      () => 'none',
      (failure: { reason?: { code: string } }) => failure.reason?.code,
    )

  beforeAll(async () => {
    cluster = await startKubernetes({ name: 'follow', kubelet: false })
    connection = connect({ token: cluster.token })
  }, 60_000)
  afterAll(async () => {
    for (const one of opened) one.close()
    await cluster?.stop()
  })

  it('says who it is, to a token and to a certificate', async () => {
    const probe = await connection.probe(soon())
    expect(probe).toMatchObject({ version: expect.stringMatching(/^1\.36\./) as string, hostName: '127.0.0.1' })
    expect(probe.figures).toMatchObject({ nodes: 0, pods: 0 })
    expect(probe.figures['namespaces']).toBeGreaterThan(3)
    const byCertificate = await connect(cluster.clientCertificate, { auth: 'certificate' }).probe(soon())
    expect(byCertificate.engineId).toBe(probe.engineId)
    const [byFile] = engine.readFile!(cluster.kubeconfig)
    expect(byFile).toMatchObject({ name: 'follow', address: cluster.url, refused: null, settings: { auth: 'certificate' } })
  })

  it('says exactly why it cannot be connected', async () => {
    const site = createServer((_, response) => response.end('<html>hello')).listen(0, '127.0.0.1')
    await once(site, 'listening')
    const { port } = site.address() as AddressInfo
    const attempts: [string, ConnectionSecrets, ConnectionSettings, string][] = [
      ['a token of nobody', { token: 'nobody' }, {}, 'credentials-refused'],
      ['an authority of its own', { token: 'x', ca: '' }, {}, 'certificate-unknown-authority'],
      ['another name', { token: 'x' }, { serverName: 'elsewhere' }, 'certificate-other-name'],
      ['nothing there', { token: 'x' }, { server: 'https://127.0.0.1:1' }, 'connection-refused'],
      ['no such name', { token: 'x' }, { server: 'https://no-such-host.invalid' }, 'name-not-found'],
      ['no TLS', { token: 'x' }, { server: `https://127.0.0.1:${port}` }, 'speaks-no-tls'],
      ['a web site', { token: 'x' }, { server: `http://127.0.0.1:${port}` }, 'not-kubernetes-html'],
    ]
    for (const [what, secrets, settings, code] of attempts) {
      const { ca = cluster.ca, ...others } = secrets
      const one = engine.connect({ auth: 'token', server: cluster.url, ...settings }, sealSecrets({ ...(ca && { ca }), ...others }))
      expect(await reasonOf(one.probe(soon())), what).toBe(code)
      one.close()
    }
    site.close()
  })

  it('tells everything first, then what appears, changes and goes', async () => {
    await configmap('before', { x: '1' })
    const watch = new Watch(connection, kinds)
    await watch.until(() => engine.kinds.every((kind) => kind.category === 'event' || watch.complete.has(kind.name)))
    expect(watch.named(configmaps, 'before')?.summary.facts['keys']).toBe(1)
    await configmap('before', { x: '1', y: '2' })
    await watch.until(() => watch.named(configmaps, 'before')?.summary.facts['keys'] === 2)
    const listed = watch.named(configmaps, 'before')!
    expect(await connection.read(configmaps, 'default/before', soon())).toEqual(listed)
    expect(listed.document).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'before' }, data: { y: '2' } })
    expect(listed.document['metadata']).not.toHaveProperty('managedFields')
    await cluster.kubectl('delete', 'configmap', 'before')
    await watch.until(() => watch.named(configmaps, 'before') === undefined)
    await expect(connection.read(configmaps, 'default/before', soon())).rejects.toMatchObject({ code: 'not_found' })
    await watch.stop()
  })

  it('never lets a secret out', async () => {
    const pod = {
      containers: [{ name: 'main', image: 'web:1.4', env: [{ name: 'HARMLESS', value: canary }], args: ['--password', canary] }],
    }
    await cluster.apply(
      [
        { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'canary', namespace: 'default' }, stringData: { anything: canary } },
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'canary', namespace: 'default' },
          data: { password: canary, url: `http://me:${canary}@db` },
        },
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'canary', namespace: 'default', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': canary } },
          spec: { selector: { matchLabels: { app: 'canary' } }, template: { metadata: { labels: { app: 'canary' } }, spec: pod } },
        },
      ]
        .map((one) => JSON.stringify(one))
        .join('\n---\n'),
    )
    const watch = new Watch(connection, kinds)
    await watch.until(() =>
      kinds.filter((kind) => /secrets|configmaps|deployments|replicasets/.test(kind)).every((kind) => watch.complete.has(kind)),
    )
    await watch.until(() => [...watch.rows.keys()].some((key) => key.startsWith('kubernetes/replicasets.apps default/canary')))
    await watch.stop()
    const rows = [...watch.rows.values()]
    const base64 = Buffer.from(canary).toString('base64')
    for (const leaked of [canary, base64])
      expect(rows.filter((row) => JSON.stringify(row).includes(leaked)).map((row) => row.summary.key)).toEqual([])
    expect(watch.named('kubernetes/secrets', 'canary')?.document).toMatchObject({
      data: { anything: expect.stringMatching(/^•[0-9a-f]{8}/) as string },
    })
    const { document } = await connection.read('kubernetes/deployments.apps', 'default/canary', soon())
    expect(JSON.stringify(document)).toMatch(/"env":\[\{"name":"HARMLESS","value":"•[0-9a-f]{8}/)
  })

  it('acts on the very object that was meant, and says what the server refuses', async () => {
    await configmap('target')
    const act = (name: string, action: string, input: unknown, uid: string, kind = configmaps) =>
      connection.act({ kind, key: `default/${name}`, uid, action, input }, () => undefined, soon())
    const { summary } = await connection.read(configmaps, 'default/target', soon())
    await expect(act('target', 'remove', {}, 'another life')).rejects.toMatchObject({ code: 'conflict', reason: { code: 'another-life' } })
    await act('target', 'label', { name: 'app', value: 'shop' }, summary.uid)
    expect((await connection.read(configmaps, 'default/target', soon())).summary.labels).toEqual({ app: 'shop' })
    await act('target', 'remove', {}, summary.uid)
    await expect(act('target', 'remove', {}, summary.uid)).rejects.toMatchObject({ code: 'not_found' })

    const deployments = 'kubernetes/deployments.apps'
    const { summary: deployment } = await connection.read(deployments, 'default/canary', soon())
    await act('canary', 'scale', { replicas: 3 }, deployment.uid, deployments)
    expect(await cluster.kubectl('get', 'deployment', 'canary', '--output', 'jsonpath={.spec.replicas}')).toBe('3')
    await expect(act('canary', 'scale', { replicas: -1 }, deployment.uid, deployments)).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(act('canary', 'dance', {}, deployment.uid, deployments)).rejects.toMatchObject({ code: 'unsupported' })
    const goes = await connection.consequences(deployments, 'default/canary', 'remove', soon())
    expect(goes.map(({ code, params }) => [code, params?.['kind']])).toEqual([
      ['owned-go-with-it', 'replicaset'],
      ['owned-go-with-it', 'pods'],
    ])
  })

  it('an object that changes without a pause is told as it is in the end, in few words', async () => {
    await configmap('restless')
    const watch = new Watch(connection, [configmaps])
    await watch.until(() => watch.named(configmaps, 'restless') !== undefined)
    const before = watch.batches
    const { uid } = watch.named(configmaps, 'restless')!.summary
    const annotate = (value: string) =>
      connection.act(
        { kind: configmaps, key: 'default/restless', uid, action: 'annotate', input: { name: 'n', value } },
        () => undefined,
        soon(),
      )
    await Promise.all(Array.from({ length: 150 }, (_, n) => annotate(String(n))))
    await annotate('end')
    await watch.until(() => JSON.stringify(watch.named(configmaps, 'restless')?.document).includes('"n":"end"'))
    expect(await connection.read(configmaps, 'default/restless', soon())).toEqual(watch.named(configmaps, 'restless'))
    expect(watch.batches - before).toBeLessThan(100)
    await watch.stop()
  })

  it('a definition of 500 fields that comes and goes disturbs nobody', async () => {
    const definitions = 'kubernetes/customresourcedefinitions.apiextensions.k8s.io'
    const watch = new Watch(connection, [definitions, configmaps])
    await watch.until(() => watch.complete.size === 2)
    const properties = Object.fromEntries(
      Array.from({ length: 500 }, (_, n) => [`field${n}`, { type: 'string', description: 'x'.repeat(100) }]),
    )
    const schema = { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties } } } }
    const names = { plural: 'ships', singular: 'ship', kind: 'Ship' }
    const spec = { group: 'example.com', scope: 'Namespaced', names, versions: [{ name: 'v1', served: true, storage: true, schema }] }
    await cluster.apply(
      JSON.stringify({
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: 'ships.example.com' },
        spec,
      }),
    )
    await watch.until(() => watch.named(definitions, 'ships.example.com') !== undefined)
    await cluster.kubectl('delete', 'crd', 'ships.example.com')
    await watch.until(() => watch.named(definitions, 'ships.example.com') === undefined)
    await configmap('undisturbed')
    await watch.until(() => watch.named(configmaps, 'undisturbed') !== undefined)
    await watch.stop()
    expect(await watch.ended).toBeNull()
  })

  it('goes on from its cursors when the API server was gone for a while, and lists anew what has expired', async () => {
    const watch = new Watch(connection, [configmaps])
    await watch.until(() => watch.complete.has(configmaps))
    await configmap('survivor')
    await watch.until(() => watch.named(configmaps, 'survivor') !== undefined)
    await cluster.kill('SIGKILL')
    expect(await watch.ended).toMatchObject({ code: 'engine_unreachable' })
    await cluster.restart()
    await configmap('later')
    const again = new Watch(connection, [configmaps], watch.cursors)
    await again.until(() => again.named(configmaps, 'later') !== undefined)
    expect(again.complete.has(configmaps), 'it needs no list').toBe(false)
    await again.stop()
    const expired = new Watch(connection, [configmaps], { [configmaps]: 'v1 1' })
    await expired.until(() => expired.complete.has(configmaps))
    expect(expired.named(configmaps, 'survivor')).toBeDefined()
    await expired.stop()
  }, 60_000)

  it('with credentials of one namespace: what may be listed is, what may not is said kind by kind', async () => {
    await cluster.kubectl('create', 'namespace', 'ann')
    await cluster.kubectl('create', 'serviceaccount', 'ann', '--namespace=ann')
    await cluster.kubectl('create', 'role', 'reader', '--namespace=ann', '--verb=get,list,watch', '--resource=configmaps,secrets')
    await cluster.kubectl('create', 'rolebinding', 'reader', '--namespace=ann', '--role=reader', '--serviceaccount=ann:ann')
    const token = await cluster.kubectl('create', 'token', 'ann', '--namespace=ann')
    // The controller puts it into every namespace, in its own time.
    await until(async () => (await cluster.kubectl('get', 'configmaps', '--namespace=ann', '--output=name')).includes('kube-root-ca.crt'))
    const limited = connect({ token }, { namespaces: ['ann', 'default'] })
    expect(await limited.probe(soon())).toMatchObject({ figures: {}, engineId: expect.stringMatching(/^server-/) as string })
    const wanted = [configmaps, 'kubernetes/secrets', 'kubernetes/services', 'kubernetes/persistentvolumes']
    const said: Followed[] = []
    const stop = new AbortController()
    for await (const one of limited.follow(wanted, {}, stop.signal)) {
      said.push(one)
      const done = said.flatMap((followed) =>
        followed.type === 'unfollowed' || (followed.type === 'batch' && followed.batch.complete) ? 1 : [],
      )
      if (done.length === wanted.length) stop.abort()
    }
    const rows = said.flatMap((one) => (one.type === 'batch' ? one.batch.upserts.map(({ summary }) => summary.key) : []))
    expect(rows).toEqual(['ann/kube-root-ca.crt'])
    const refused = said.flatMap((one) => (one.type === 'unfollowed' ? [[one.kind, one.reason] as const] : []))
    const reason = { code: 'api-forbidden', params: { user: 'system:serviceaccount:ann:ann' } }
    expect(Object.fromEntries(refused)).toMatchObject({ 'kubernetes/persistentvolumes': reason, 'kubernetes/services': reason })
    expect(refused).toHaveLength(2)
  })
})
