import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { know, knowShared } from '../inventory.ts'
import { ContainerReply, EventReply } from '../replies.ts'
import { hideSecrets } from '../../common/secrets.ts'
import { judge, settle, wordsOf } from './container-health.ts'
import { containers as kind, summarise } from './containers.ts'
import { events, toEngineEvent } from './events.ts'
import recordedContainers from './fixtures/containers.json' with { type: 'json' }
import recordedImages from './fixtures/images.json' with { type: 'json' }
import recordedNetworks from './fixtures/networks.json' with { type: 'json' }
import recordedVolumes from './fixtures/volumes.json' with { type: 'json' }

const fingerprint = () => '0badcafe'
type Name = keyof typeof recordedContainers
const container = (name: Name) => ContainerReply.parse(hideSecrets(recordedContainers[name], fingerprint))
const changed = (name: Name, change: (reply: ContainerReply) => void) => {
  const reply = structuredClone(container(name))
  change(reply)
  return reply
}

describe('a container, as a real engine told it', () => {
  it.each([
    ['shop-web-1', 'healthy', 'healthy', undefined],
    ['shop-db-1', 'healthy', 'running', undefined],
    ['search-index', 'failing', 'unhealthy', 'health-check-failed'],
    ['report-builder', 'failing', 'oom-killed', 'killed-for-memory'],
    ['billing-sync', 'failing', 'crash-loop', 'restarts-again-and-again'],
    ['shop-migrate-1', 'completed', 'completed', 'exited-cleanly'],
    ['legacy-cron', 'failing', 'exited', 'exited-with'],
    ['cache-warmer', 'stopped', 'paused', undefined],
    ['restore-drill', 'stopped', 'created', undefined],
  ] as const)('%s is %s: %s', (name, health, state, reason) => {
    const row = summarise(container(name))
    expect({ health: row.health, state: row.state.code, reason: row.reason?.code }).toEqual({ health, state, reason })
    expect(row.key).toBe(name)
  })

  it('says what its list shows', () => {
    expect(summarise(container('shop-web-1'))).toMatchObject({
      images: ['web:1.4'],
      facts: {
        status: 'running',
        project: 'shop',
        service: 'web',
        restartPolicy: 'unless-stopped',
        memoryLimit: 64 * 2 ** 20,
        networks: ['shop_default'],
        ports: [{ hostIp: '0.0.0.0', port: 80, protocol: 'tcp' }],
        restarts: 0,
        exitCode: null,
      },
      relations: [
        { as: 'image', kind: 'docker/images' },
        { as: 'network', kind: 'docker/networks' },
      ],
    })
    expect(summarise(container('shop-db-1')).relations).toContainEqual({ as: 'volume', kind: 'docker/volumes', key: 'shop_db-data' })
    expect(summarise(container('shop-web-1')).searchTerms.some((term) => /^\d+->80\/tcp$/.test(term))).toBe(true)
  })

  it('calls its image by what it was started with, unless that is an id', () => {
    const imageOf = (image: string) =>
      summarise(changed('shop-web-1', (reply) => (reply.Config.Image = image))).relations.find((relation) => relation.as === 'image')
    expect(imageOf('web:1.4')?.name).toBe('web:1.4')
    expect(imageOf('0123456789ab')?.name).toBeUndefined()
    expect(imageOf(`sha256:${'0'.repeat(64)}`)?.name).toBeUndefined()
  })

  it('has no secret in its row or document', () => {
    expect(JSON.stringify(recordedContainers)).toContain('canary-8d1f-hunter2')
    const known = hideSecrets(recordedContainers['shop-db-1'], fingerprint)
    expect(JSON.stringify(known)).not.toContain('canary')
    expect(JSON.stringify(known)).toContain('DB_PASSWORD=•0badcafe')
  })
})

describe('the health of a container', () => {
  const exited = (exitCode: number, change: (reply: ContainerReply) => void = () => undefined) =>
    judge(
      changed('legacy-cron', (reply) => {
        reply.State.ExitCode = exitCode
        change(reply)
      }),
    )

  it('tells a stop from a crash', () => {
    expect(exited(143)).toMatchObject({
      health: 'stopped',
      reason: { code: 'ended-by-signal', params: { signal: 'SIGTERM', exitCode: 143 } },
    })
    expect(exited(137)).toMatchObject({ health: 'stopped', reason: { params: { signal: 'SIGKILL' } } })
    expect(exited(139)).toMatchObject({ health: 'failing', state: { code: 'exited' } })
    expect(exited(137, (reply) => (reply.State.OOMKilled = true))).toMatchObject({
      health: 'failing',
      reason: { code: 'killed-for-memory-of-host' },
    })
  })

  it('knows that what Docker would start again was stopped by somebody', () => {
    expect(exited(1, (reply) => (reply.HostConfig.RestartPolicy.Name = 'unless-stopped'))).toMatchObject({
      health: 'stopped',
      reason: { code: 'stopped-on-purpose' },
    })
    expect(exited(1, (reply) => (reply.HostConfig.RestartPolicy.Name = 'on-failure'))).toMatchObject({ health: 'failing' })
  })

  it('says the words of an engine that could not start it', () => {
    const verdict = judge(changed('restore-drill', (reply) => (reply.State.Error = 'port is already allocated')))
    expect(verdict).toMatchObject({ health: 'failing', state: { code: 'start-failed' }, reason: { words: 'port is already allocated' } })
  })

  it('reckons since when a check fails, beyond what Docker remembers', () => {
    const verdict = judge(
      changed('search-index', (reply) => {
        const probes = [0, 10, 20].map((second) => ({
          Start: `2026-01-01T12:00:${String(second).padStart(2, '0')}Z`,
          End: '',
          ExitCode: 1,
          Output: 'no',
        }))
        reply.State.Health = { Status: 'unhealthy', FailingStreak: 363, Log: probes }
      }),
    )
    expect(verdict).toMatchObject({ since: '2026-01-01T11:00:00.000Z', reason: { params: { streak: 363 }, words: 'no' } })
  })

  it('counts one that Docker started again as crashing until it has run for 10 s', () => {
    const restarted = changed('billing-sync', (reply) => {
      Object.assign(reply.State, { Status: 'running', StartedAt: '2026-01-01T12:00:00Z', FinishedAt: '2026-01-01T11:59:50Z' })
      reply.RestartCount = 4
    })
    const started = Date.parse('2026-01-01T12:00:00Z')
    const early = settle(judge(restarted), restarted, started + 9_999)
    expect(early).toMatchObject({ verdict: { health: 'failing', state: { code: 'crash-loop' } }, recheckAt: started + 10_000 })
    expect(settle(judge(restarted), restarted, started + 10_000)).toMatchObject({ verdict: { health: 'healthy' }, recheckAt: null })
  })

  it('does not guess at a state that it does not know', () => {
    expect(judge(changed('legacy-cron', (reply) => (reply.State.Status = 'dreaming')))).toMatchObject({
      health: 'unknown',
      reason: { params: { status: 'dreaming' } },
    })
  })

  it('keeps the end of long words', () => expect(wordsOf(`${'x'.repeat(2000)} the cause`)).toMatch(/^….* the cause$/))
})

describe('actions on a container', () => {
  const blocked = (name: Name) =>
    Object.fromEntries(
      kind.actions.flatMap((action) =>
        action.blockedBy(summarise(container(name))) ? [[action.name, action.blockedBy(summarise(container(name)))]] : [],
      ),
    )
  it('are off where they make no sense', () => {
    expect(blocked('shop-web-1')).toEqual({ start: 'already-running', unpause: 'not-paused' })
    expect(blocked('cache-warmer')).toEqual({ start: 'is-paused', restart: 'is-paused', pause: 'already-paused' })
    expect(blocked('legacy-cron')).toEqual({ stop: 'not-running', pause: 'not-running', unpause: 'not-paused', kill: 'not-running' })
  })
})

describe('images, volumes and networks, as a real engine told them', () => {
  it('images', () => {
    const { summary } = knowShared('docker/images', recordedImages[0])!.summarise(3)
    expect(summary).toMatchObject({ health: 'healthy', state: { code: 'in-use' }, facts: { usedBy: 3, inUse: true, dangling: false } })
    expect(summary.images).toContain('web:1.4')
    expect(
      knowShared('docker/images', { ...recordedImages[0], RepoTags: ['<none>:<none>'], RepoDigests: null })!.summarise(0).summary,
    ).toMatchObject({
      state: { code: 'dangling' },
      name: summary.key.slice(7, 19),
    })
  })
  it('volumes', () => {
    const volume = recordedVolumes.find(({ Name }) => Name === 'shop_db-data')
    expect(knowShared('docker/volumes', volume)!.summarise(1).summary).toMatchObject({
      key: 'shop_db-data',
      facts: { driver: 'local', project: 'shop', usedBy: 1, anonymous: false },
    })
  })
  it('networks', () => {
    const network = recordedNetworks.find(({ Name }) => Name === 'shop_default')
    const { summary } = knowShared('docker/networks', network)!.summarise(0)
    expect(summary).toMatchObject({ name: 'shop_default', state: { code: 'unused' }, facts: { driver: 'bridge', predefined: false } })
    expect(summary.facts['subnets']).toEqual([expect.stringMatching(/^10\.\d+\.128\.0\/24$/)])
  })
  it('an object without an identity is left out, odd fields count as absent', () => {
    expect(know(ContainerReply, { Name: '/x' })).toBeNull()
    const odd = know(ContainerReply, {
      Id: 'a'.repeat(64),
      Name: '/odd',
      State: { Status: 'running', Health: 7 },
      Mounts: null,
      Config: null,
    })
    expect(summarise(odd!.reply)).toMatchObject({ name: 'odd', health: 'healthy', images: [''] })
  })
})

describe('an event', () => {
  const event = (fields: object) =>
    toEngineEvent(EventReply.parse({ Type: 'container', time: 1, timeNano: 1_795_240_269_974_354_688, ...fields }), (_, id, name) => ({
      key: name ?? id,
      name: name ?? id,
    }))
  it('is kept with what it says', () => {
    expect(event({ Action: 'health_status: unhealthy', Actor: { ID: 'x', Attributes: { name: 'web' } } })).toMatchObject({
      action: 'health_status',
      severity: 'error',
      name: 'web',
      kind: 'docker/containers',
      at: '2026-11-21T05:51:09.974Z',
    })
    expect(event({ Action: 'rename', Actor: { ID: 'x', Attributes: { name: 'web', oldName: '/shop' } } })?.attributes).toEqual({
      name: 'web',
      oldName: 'shop',
    })
  })
  it.each([
    ['destroy', {}],
    ['kill', { signal: '9' }],
    ['die', { exitCode: '0' }],
    ['die', { exitCode: '129' }],
    ['die', { exitCode: '137' }],
    ['die', { exitCode: '143' }],
    ['health_status: healthy', {}],
  ])('of what somebody asked for is no warning: %s %o', (Action, Attributes) => {
    expect(event({ Action, Actor: { ID: 'x', Attributes } })?.severity).toBe('info')
  })
  it.each([
    ['oom', {}],
    ['die', { exitCode: '1' }],
    ['die', { exitCode: '139' }],
    ['health_status: unhealthy', {}],
  ])('of what went wrong is an error: %s %o', (Action, Attributes) => {
    expect(event({ Action, Actor: { ID: 'x', Attributes } })?.severity).toBe('error')
  })
  it('is not kept when it is noise', () => {
    expect(event({ Action: 'exec_start: wget' })).toBeNull()
    expect(event({ Type: 'daemon', Action: 'reload' })).toBeNull()
    expect(event({ Action: 'prune', Actor: { ID: '', Attributes: { reclaimed: '0' } } })).toBeNull()
  })
})

it('the columns of events are what the inventory keeps of them, time first', () => {
  const migration = new URL('../../../../prisma/migrations/20261121020000_inventory/migration.sql', import.meta.url)
  const facts = /VIEW event_rows AS[\s\S]*?jsonb_build_object\(([^)]*)\) AS facts/.exec(readFileSync(migration, 'utf8'))?.[1]
  const offered = [...(facts ?? '').matchAll(/'(\w+)'/g)].map((match) => match[1])
  const columns = events.columns.map((column) => column.name)
  expect(columns.filter((name) => !['at', 'name', ...offered].includes(name))).toEqual([])
  expect(columns[0]).toBe('at')
  expect(events.columns.find((column) => column.name === 'of')?.type).toBe('kind')
})
