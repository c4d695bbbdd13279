import { action, column } from '../lib/engines/define.ts'
import type { Batch, Kind, Observed } from '../lib/engines/engine.ts'
import { makeKind } from '../lib/inventory/fixtures/kinds.ts'
import { healths, type Health } from '../lib/model/health.ts'
import type { Facts, Summary } from '../lib/model/resource.ts'
import { randomOf } from './random.ts'

/** A fleet that is the same for the same seed: environments, kinds, resources, and what becomes different in them. */

const kind = (...args: Parameters<typeof makeKind>): Kind => ({
  ...makeKind(...args),
  actions: [
    action('start', 'deployer', 'undoable', { blockedBy: (row) => (row.facts['status'] === 'running' ? 'already-running' : undefined) }),
    action('stop', 'deployer', 'recoverable', { blockedBy: (row) => (row.facts['status'] === 'running' ? undefined : 'not-running') }),
  ],
})

export const instances = kind('bench/instances', 'instance', true, [
  column('health', 'health', { facet: true }),
  column('name', 'name'),
  column('namespace', 'text', { facet: true }),
  column('environment', 'environment'),
  column('images', 'images', { facet: true }),
  column('project', 'text', { facet: true }),
  column('status', 'text', { facet: true }),
  column('restarts', 'number'),
  column('memory', 'bytes'),
  column('startedAt', 'instant'),
  column('command', 'mono'),
  column('privileged', 'boolean', { facet: true }),
  column('ports', 'ports'),
  column('networks', 'list', { facet: true }),
  column('createdAt', 'instant'),
  column('since', 'instant'),
])
export const images = kind('bench/images', 'image', false, [
  column('name', 'name'),
  column('size', 'bytes'),
  column('createdAt', 'instant'),
])
export const volumes = kind('bench/volumes', 'volume', false, [
  column('name', 'name'),
  column('driver', 'text', { facet: true }),
  column('createdAt', 'instant'),
])
export const kinds = [instances, images, volumes]
export const share: Record<string, number> = { [instances.name]: 0.7, [images.name]: 0.2, [volumes.name]: 0.1 }

const words = [
  'web',
  'api',
  'worker',
  'cache',
  'queue',
  'mail',
  'search',
  'billing',
  'orders',
  'auth',
  'proxy',
  'cron',
  'report',
  'media',
  'ledger',
  'stock',
]
const epoch = Date.parse('2026-01-01T00:00:00Z')
const hex = (random: () => number, length: number) => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('')
const pick = <T>(random: () => number, list: readonly T[]): T => list[Math.floor(random() * list.length)]!
const healthOf = (random: () => number): Health => {
  const n = random()
  return n < 0.01
    ? 'failing'
    : n < 0.03
      ? 'degraded'
      : n < 0.05
        ? 'moving'
        : n < 0.85
          ? 'healthy'
          : n < 0.98
            ? 'stopped'
            : pick(random, healths)
}

function factsOf(random: () => number, health: Health, n: number): Facts {
  return {
    status: health === 'stopped' || health === 'completed' ? 'exited' : health === 'moving' ? 'restarting' : 'running',
    project: `${pick(random, words)}-${n % 50}`,
    restarts: random() < 0.9 ? 0 : Math.floor(random() * 100),
    memory: random() < 0.4 ? null : Math.floor(random() * 4e9),
    startedAt: new Date(epoch + Math.floor(random() * 2e10)).toISOString(),
    command: `/usr/bin/${pick(random, words)} --listen=:${8000 + (n % 1000)}`,
    privileged: random() < 0.02,
    ports: random() < 0.5 ? [] : [{ hostPort: 20_000 + (n % 40_000), port: 8080, protocol: 'tcp' }],
    networks: ['default', ...(random() < 0.2 ? [`net-${n % 20}`] : [])],
    size: Math.floor(random() * 2e9),
    driver: random() < 0.9 ? 'local' : 'nfs',
  }
}

/** So much of a document as an engine's own is long: 1.9 KB. */
const documentBytes = 1_900

function observe(random: () => number, kindName: string, n: number): Observed {
  const word = pick(random, words)
  const health = kindName === instances.name ? healthOf(random) : 'healthy'
  const address = `10.${n % 200}.${Math.floor(n / 200) % 250}.${1 + (n % 250)}`
  const uid = hex(random, 64)
  const image = `registry.example.org/${word}/${pick(random, words)}:1.${n % 40}.${n % 7}`
  const summary: Summary = {
    key: `${word}-${n}`,
    uid,
    version: '0',
    namespace: kindName === instances.name ? `team-${n % 40}` : null,
    name: `${word}-${pick(random, words)}-${n}`,
    health,
    state: { code: health },
    reason: health === 'failing' ? { code: 'exited-with', params: { code: 1 }, words: 'exit status 1' } : null,
    since: random() < 0.02 ? null : new Date(epoch + Math.floor(random() * 2e10)).toISOString(),
    createdAt: new Date(epoch - Math.floor(random() * 3e10)).toISOString(),
    facts: factsOf(random, health, n),
    images: [image],
    labels: {
      app: word,
      tier: pick(random, ['front', 'back', 'data']),
      'com.example.owner': `team-${n % 40}`,
      'com.example.hash': hex(random, 16),
    },
    relations: kindName === instances.name ? [{ as: 'volume', kind: volumes.name, key: `${word}-${n % 1000}` }] : [],
    searchTerms: [uid, address, `${20_000 + (n % 40_000)}`],
  }
  const filling = hex(random, 40)
  const document = {
    Id: uid,
    Name: summary.name,
    Image: image,
    Address: address,
    Filling: filling.repeat(Math.ceil(documentBytes / 40)).slice(0, documentBytes - 250),
  }
  return { summary, document }
}

export interface Part {
  environmentId: number
  kind: string
  observed: Observed[]
}

/** `rows` resources spread over the environments and kinds. */
export function makeFleet(rows: number, environmentIds: readonly number[], seed: number): Part[] {
  const random = randomOf(seed)
  return environmentIds.flatMap((environmentId) =>
    kinds.map(({ name }) => {
      const count = Math.round((rows * share[name]!) / environmentIds.length)
      return { environmentId, kind: name, observed: Array.from({ length: count }, (_, n) => observe(random, name, n)) }
    }),
  )
}

/** The next version of some resources of one part: most change figures, some their health, a few what they are found by. */
export function nextBatch(random: () => number, part: Part, size: number, version: number): Batch {
  const upserts = Array.from({ length: size }, () => {
    const index = Math.floor(random() * part.observed.length)
    const { summary, document } = part.observed[index]!
    const health = random() < 0.3 ? healthOf(random) : summary.health
    const facts = { ...summary.facts, restarts: Math.floor(random() * 100) }
    const moved = random() < 0.1 ? [summary.uid, `10.9.${Math.floor(random() * 250)}.${Math.floor(random() * 250)}`] : summary.searchTerms
    const changed = {
      ...summary,
      health,
      facts,
      version: String(version),
      searchTerms: moved,
      since: new Date(epoch + version).toISOString(),
    }
    const next = { summary: changed, document: { ...document, Version: version } }
    part.observed[index] = next
    return next
  })
  return { kind: part.kind, upserts, deletes: [], complete: false, cursor: String(version) }
}
