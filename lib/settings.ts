import { createHash, createHmac } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { isIP } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { AppError } from './errors/index.ts'
import { once } from './once.ts'
import { missingForOidc, oidcOf, oidcVariables, type OidcSettings } from './settings/oidc.ts'

/** A key that seals secrets: 32 bytes, and a short id that names it without giving it away. */
export interface SecretKey {
  id: string
  key: Buffer
}

/** `10.0.0.5`, `10.1.0.0/16`, `fd00::/8`. */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  return longest > 0 && !more.length && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest))
}
const isPlainAddress = (value: string) => /^https?:\/\/[^/]+\/?$/.test(value) && URL.canParse(value)
const milliseconds = (fallback: number) => z.coerce.number().int().min(1).default(fallback)

const Environment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORTOLAN_URL: z.string().refine(isPlainAddress, 'must be an address without a path, such as https://portolan.example.org').optional(),
  PORTOLAN_INTERNAL_URL: z.string().refine(isPlainAddress, 'must be an address without a path, such as http://10.0.0.5:3000').optional(),
  PORTOLAN_DATA: z.string().min(1).default('.portolan'),
  PORTOLAN_SECRET_KEYS: z.string().min(1).optional(),
  PORTOLAN_TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .refine((all) => all.every(isNetwork), 'must be addresses or networks, such as 10.0.0.5, 10.1.0.0/16'),
  PORTOLAN_SUPERVISED: z.stringbool().default(false),
  PORTOLAN_SESSION_HOURS: z.coerce.number().positive().default(12),
  PORTOLAN_SETUP_LINK_HOURS: z.coerce.number().positive().default(24),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://')
    .optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(10),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  DOCKER_HOST: z.string().max(500).optional(),
  DOCKER_TLS_VERIFY: z.string().optional(),
  PORTOLAN_KUBECONFIG: z.string().startsWith('/', 'must be an absolute path').optional(),
  KUBERNETES_SERVICE_HOST: z.string().max(255).optional(),
  KUBERNETES_SERVICE_PORT: z.coerce.number().int().min(1).max(65_535).default(443),
  XDG_RUNTIME_DIR: z.string().startsWith('/').optional().catch(undefined),
  SSH_AUTH_SOCK: z.string().startsWith('/').optional().catch(undefined),
  PORTOLAN_DATABASE_TIMEOUT_MS: milliseconds(10_000),
  PORTOLAN_ENGINE_TIMEOUT_MS: milliseconds(10_000),
  PORTOLAN_PROBE_INTERVAL_MS: milliseconds(5_000),
  PORTOLAN_STALE_AFTER_MS: milliseconds(10_000),
  PORTOLAN_LEASE_RENEW_MS: milliseconds(5_000),
  PORTOLAN_LEASE_VOID_MS: milliseconds(10_000),
  PORTOLAN_RELIST_INTERVAL_MS: milliseconds(300_000),
  PORTOLAN_LIVE_INTERVAL_MS: milliseconds(100),
  PORTOLAN_HISTORY_DAYS: z.coerce.number().int().min(1).max(3_650).default(30),
  PORTOLAN_TERMINAL_IDLE_MS: milliseconds(300_000),
  PORTOLAN_HEADERS_TIMEOUT_MS: milliseconds(15_000),
  PORTOLAN_REQUEST_TIMEOUT_MS: milliseconds(60_000),
  PORTOLAN_SHUTDOWN_GRACE_MS: milliseconds(5_000),
  ...oidcVariables,
})

export interface Settings {
  nodeEnv: 'development' | 'production' | 'test'
  port: number
  host: string
  /** How people reach Portolan, without a slash at the end: the only allowed Host and Origin. */
  url: string
  /** False: `url` was derived from `host` and `port`. */
  urlIsSet: boolean
  /** Where other web processes reach this one, without a slash at the end. */
  internalUrl: string
  /** Absolute. Where the embedded database, the keys and the setup link live. */
  dataDir: string
  databaseUrl: string
  databasePoolSize: number
  logLevel: string
  /** Addresses, and networks as `10.0.0.0/8`, whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[]
  /** How long a caller may take for the headers of a request, and for all of it. */
  headersTimeoutMs: number
  requestTimeoutMs: number
  /** `npm start` holds the other end of stdin: when it closes, this program ends. */
  supervised: boolean
  sessionHours: number
  setupLinkHours: number
  /** Connecting to our own database, or waiting for a free connection. */
  databaseTimeoutMs: number
  /** Where docker's own command would go; offered when environments are looked for. */
  dockerHost: string | undefined
  dockerTls: boolean
  /** Holds the socket of a Docker that runs without root. */
  runtimeDir: string | undefined
  /** The kubeconfig of this machine that may be used, with the files that it names; null: none is looked for. */
  kubeconfig: string | null
  /** Where the API server of the cluster is that this process runs in; null: in none. */
  clusterServer: { host: string; port: number } | null
  /** The socket of the SSH agent that holds keys for this server. */
  sshAuthSock: string | undefined
  engineTimeoutMs: number
  probeIntervalMs: number
  staleAfterMs: number
  leaseRenewMs: number
  leaseVoidMs: number
  /** How often a full list looks for drift behind an event stream. */
  relistIntervalMs: number
  /** The least time between two runs of one live query. */
  liveIntervalMs: number
  /** How long engines' events and what changed by itself are kept. */
  historyDays: number
  /** How long a terminal lives on that nobody looks at. */
  terminalIdleMs: number
  /** How long open requests may take to end when the program is told to stop. */
  shutdownGraceMs: number
  /** Who else signs people in; null: nobody. */
  oidc: OidcSettings | null
  /** Where the generated keys live; null when PORTOLAN_SECRET_KEYS gives them. */
  keyFile: string | null
  /** The first seals, all open; read when they are used, for they may be rotated. */
  readonly secretKeys: SecretKey[]
}

/** Where the embedded database has its socket. A socket's path may not be long, so a long data folder has it elsewhere. */
export function socketDirOf(dataDir: string): string {
  const inside = join(dataDir, 'run')
  return inside.length <= 80 ? inside : join(tmpdir(), `portolan-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`)
}

/** The embedded database listens on a socket that only its owner can reach: no port to collide, no password to leak. */
export const embeddedDatabaseUrl = (dataDir: string, database = 'portolan'): string =>
  `postgresql://portolan@localhost/${database}?host=${encodeURIComponent(socketDirOf(dataDir))}`

/**
 * Keys out of a list separated by commas or lines: each 32 bytes in base64 or hexadecimal.
 * @throws invalid_input naming the position, never the key
 */
export function parseSecretKeys(text: string): SecretKey[] {
  const written = text.split(/[\s,]+/).filter(Boolean)
  return written.map((one, index) => {
    const key = Buffer.from(one, /^[0-9a-f]{64}$/i.test(one) ? 'hex' : 'base64')
    if (key.length !== 32) {
      throw new AppError('invalid_input', `Secret key ${index + 1} of ${written.length} is not 32 bytes in base64 or hexadecimal.`)
    }
    return { id: createHmac('sha256', key).update('portolan key id').digest('hex').slice(0, 12), key }
  })
}

/** The keys of a file, read again whenever it was replaced: keys are rotated while programs run. */
function keysOfFile(file: string): () => SecretKey[] {
  let read: { stamp: string; keys: SecretKey[] } | undefined
  return () => {
    const found = statSync(file, { throwIfNoEntry: false })
    if (!found) {
      if (read) return read.keys
      throw new AppError('unavailable', `No secret key: ${file} is missing and PORTOLAN_SECRET_KEYS is not set.`)
    }
    const stamp = `${found.ino} ${found.mtimeMs} ${found.size}`
    if (read?.stamp !== stamp) read = { stamp, keys: parseSecretKeys(readFileSync(file, 'utf8')) }
    return read.keys
  }
}

const isEveryAddress = (host: string) => host === '0.0.0.0' || host === '::'
const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.')

function deriveInternalUrl(host: string, port: number): string {
  const name = isEveryAddress(host) ? '127.0.0.1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

function deriveUrl(host: string, port: number): string {
  if (isEveryAddress(host) || isLoopback(host)) return `http://localhost:${port}`
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/**
 * Settings out of an environment. An empty variable counts as not set.
 * @throws invalid_input naming every setting that is wrong
 */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const parsed = Environment.safeParse(Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== '')))
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new AppError('invalid_input', `These settings are wrong. ${wrong.join('; ')}.`)
  }
  const env = parsed.data
  const missing = missingForOidc(env)
  if (missing.length > 0)
    throw new AppError(
      'invalid_input',
      `Sign-in by OIDC is set up by half: ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing.`,
    )
  const dataDir = resolve(env.PORTOLAN_DATA)
  const given = env.PORTOLAN_SECRET_KEYS
  const readKeys = given ? () => (keys ??= parseSecretKeys(given)) : keysOfFile(join(dataDir, 'keys'))
  let keys: SecretKey[] | undefined
  return {
    nodeEnv: env.NODE_ENV,
    port: env.PORT,
    host: env.HOST,
    url: env.PORTOLAN_URL ? new URL(env.PORTOLAN_URL).origin : deriveUrl(env.HOST, env.PORT),
    urlIsSet: env.PORTOLAN_URL !== undefined,
    internalUrl: env.PORTOLAN_INTERNAL_URL ? new URL(env.PORTOLAN_INTERNAL_URL).origin : deriveInternalUrl(env.HOST, env.PORT),
    dataDir,
    databaseUrl: env.DATABASE_URL ?? embeddedDatabaseUrl(dataDir),
    databasePoolSize: env.DATABASE_POOL_SIZE,
    logLevel: env.LOG_LEVEL,
    trustedProxies: env.PORTOLAN_TRUSTED_PROXIES,
    headersTimeoutMs: env.PORTOLAN_HEADERS_TIMEOUT_MS,
    requestTimeoutMs: env.PORTOLAN_REQUEST_TIMEOUT_MS,
    supervised: env.PORTOLAN_SUPERVISED,
    sessionHours: env.PORTOLAN_SESSION_HOURS,
    setupLinkHours: env.PORTOLAN_SETUP_LINK_HOURS,
    databaseTimeoutMs: env.PORTOLAN_DATABASE_TIMEOUT_MS,
    dockerHost: env.DOCKER_HOST,
    dockerTls: env.DOCKER_TLS_VERIFY !== undefined,
    runtimeDir: env.XDG_RUNTIME_DIR,
    kubeconfig: env.PORTOLAN_KUBECONFIG ?? null,
    clusterServer: env.KUBERNETES_SERVICE_HOST ? { host: env.KUBERNETES_SERVICE_HOST, port: env.KUBERNETES_SERVICE_PORT } : null,
    sshAuthSock: env.SSH_AUTH_SOCK,
    engineTimeoutMs: env.PORTOLAN_ENGINE_TIMEOUT_MS,
    probeIntervalMs: env.PORTOLAN_PROBE_INTERVAL_MS,
    staleAfterMs: env.PORTOLAN_STALE_AFTER_MS,
    leaseRenewMs: env.PORTOLAN_LEASE_RENEW_MS,
    leaseVoidMs: env.PORTOLAN_LEASE_VOID_MS,
    relistIntervalMs: env.PORTOLAN_RELIST_INTERVAL_MS,
    liveIntervalMs: env.PORTOLAN_LIVE_INTERVAL_MS,
    historyDays: env.PORTOLAN_HISTORY_DAYS,
    terminalIdleMs: env.PORTOLAN_TERMINAL_IDLE_MS,
    shutdownGraceMs: env.PORTOLAN_SHUTDOWN_GRACE_MS,
    oidc: oidcOf(env),
    keyFile: env.PORTOLAN_SECRET_KEYS ? null : join(dataDir, 'keys'),
    get secretKeys() {
      return readKeys()
    },
  }
}

/** The settings of this process, read once. */
export const settings = (): Settings => once('settings', () => readSettings(process.env))

/** Sync writes contacts once in a renewal of its leases, so a living one has none older than this, in ms, without saying stale. */
export const silentAfterMs = (): number => settings().staleAfterMs + settings().leaseRenewMs
