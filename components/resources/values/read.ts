import type { Health } from '#lib/model/health.ts'
import type { Column } from '#lib/model/kind.ts'
import type { Fact, Reference, Row } from '#lib/model/resource.ts'

/** What every row has under a name of its own; everything else is a fact. */
const own = {
  name: (row: Row) => row.name,
  health: (row: Row) => row.health,
  namespace: (row: Row) => row.namespace,
  environment: (row: Row) => row.environment,
  kind: (row: Row) => row.kind,
  key: (row: Row) => row.key,
  createdAt: (row: Row) => row.createdAt,
  /** When an event was: the same instant under the name that events give it. */
  at: (row: Row) => row.createdAt,
  since: (row: Row) => row.since,
  observedAt: (row: Row) => row.observedAt,
  images: (row: Row) => row.images,
  labels: (row: Row) => Object.entries(row.labels).map(([name, value]) => (value ? `${name}=${value}` : name)),
} satisfies Record<string, (row: Row) => Fact>

/** The value of a field of a query in a row; null when it has none. */
export const fieldOf = (row: Row, name: string): Fact => (name in own ? own[name as keyof typeof own](row) : (row.facts[name] ?? null))

/** Whether the engine says that a field does not apply to this row, as an exit code to one that runs. */
export function doesNotApply(row: Row, name: string): boolean {
  const value = fieldOf(row, name)
  return (name in own || name in row.facts) && (value === null || value === '' || (Array.isArray(value) && !value.length))
}

/** The glyph that an event is drawn with, by how bad it is. */
export const healthOfSeverity = { info: 'completed', warning: 'degraded', error: 'failing' } as const satisfies Record<string, Health>
type Severity = keyof typeof healthOfSeverity

/** How bad an event is; null for a row that is none. */
export const severityOf = ({ facts: { severity } }: Pick<Row, 'facts'>): Severity | null =>
  typeof severity === 'string' && severity in healthOfSeverity ? (severity as Severity) : null

/** What the row of an event says; null for a row that is none. */
export const eventOf = ({ facts: { of, action }, labels }: Row): { kind: string; action: string; attributes: Row['labels'] } | null =>
  typeof of === 'string' && typeof action === 'string' ? { kind: of, action, attributes: labels } : null

/** What a row leads to: itself, or, where it only tells of another thing as an event does, that thing. */
export function referenceOf({ environment, kind, key, facts }: Row): Reference {
  const { of, subject } = facts
  return typeof of === 'string' && typeof subject === 'string' ? { environment, kind: of, key: subject } : { environment, kind, key }
}

/** A port as the engines write it into facts. */
export interface Port {
  hostIp: string | null
  hostPort: number | null
  port: number
  protocol: string
}

export function portsOf(fact: Fact): Port[] {
  if (!Array.isArray(fact)) return []
  return fact.flatMap((entry) =>
    typeof entry === 'object' && typeof entry.port === 'number'
      ? [
          {
            hostIp: typeof entry.hostIp === 'string' ? entry.hostIp : null,
            hostPort: typeof entry.hostPort === 'number' ? entry.hostPort : null,
            port: entry.port,
            protocol: String(entry.protocol ?? 'tcp'),
          },
        ]
      : [],
  )
}

/** Addresses that mean "every interface of the host". */
const anywhere = new Set(['', '0.0.0.0', '::', '[::]'])
const secured = new Set([443, 8443, 6443])

/** The host of an environment's address as a browser reaches it; a socket is on this machine. */
export function hostOf(address: string): string {
  const match = /^(?:tcp|tls|https?|ssh):\/\/(?:[^@/]+@)?(\[[^\]]+\]|[^:/]+)/.exec(address)
  return match?.[1] ?? 'localhost'
}

/** Where a published port answers; null for one that is not published, or that a browser cannot speak to. */
export function hrefOfPort(port: Port, address: string): string | null {
  if (port.hostPort === null || port.protocol !== 'tcp') return null
  const bound = port.hostIp ?? ''
  const host = anywhere.has(bound) ? hostOf(address) : bound.includes(':') && !bound.startsWith('[') ? `[${bound}]` : bound
  return `${secured.has(port.port) ? 'https' : 'http'}://${host}:${port.hostPort}`
}

export const textOfPort = (port: Port): string =>
  port.hostPort === null ? `${port.port}/${port.protocol}` : `${port.hostPort} → ${port.port}/${port.protocol}`

/** Memory is counted in binary units, all else on disk in decimal ones. */
export const unitsOf = (name: string): 'binary' | 'decimal' => (/memory|heap|swap/i.test(name) ? 'binary' : 'decimal')

const rightAligned = new Set<Column['type']>(['number', 'bytes', 'instant'])
export const isRight = (column: Column): boolean => rightAligned.has(column.type)

/** How wide a column is: a track of a CSS grid, and the least of it in px. */
const tracks: Record<Column['type'], [least: number, share: number]> = {
  health: [120, 0],
  name: [160, 2],
  text: [84, 1],
  mono: [150, 1.6],
  number: [76, 0],
  bytes: [84, 0],
  instant: [72, 0],
  list: [92, 1],
  ports: [116, 1],
  images: [116, 1.4],
  link: [116, 1],
  boolean: [76, 0],
  kind: [92, 0],
  environment: [116, 0.6],
  severity: [96, 0],
  event: [180, 2.4],
}
export const trackOf = ({ type }: Column): string => {
  const [least, share] = tracks[type]
  return share ? `minmax(${least}px,${share}fr)` : `${least}px`
}
export const leastWidthOf = (column: Column): number => tracks[column.type][0]
