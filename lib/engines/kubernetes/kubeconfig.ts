import { parseDocument } from 'yaml'
import { z } from 'zod'
import { AppError } from '../../errors/index.ts'
import type { Reason } from '../../model/reason.ts'
import { cleanseText } from '../common/untrusted.ts'
import { CertificateSettings, KubernetesSecrets, NamespaceName, Server, TokenSettings } from './settings.ts'

/** A hundred clusters with their certificates have room in it. */
const longestKibibytes = 512
const mostContexts = 200
/** What YAML is built of costs its reader much more than long texts do; certificates in base64 have none of it. */
const structure = /[\n[\]{},:?!&*-]/g
const mostStructure = 20_000

/** What a context can stand for. */
const Connectable = z.discriminatedUnion('auth', [TokenSettings, CertificateSettings])
type Connectable = z.infer<typeof Connectable>

/** One context of a kubeconfig: how to connect it, or why Portolan does not. */
export type KubeconfigContext = {
  name: string
  /** As the file calls them. */
  cluster: string
  user: string
  namespace: string | null
  /** As it is written; what is no address is none. */
  server: string
} & ({ settings: Connectable; secrets: KubernetesSecrets; refused: null } | { settings: null; secrets: null; refused: Reason })

const name = z.string().min(1).max(500)
const Fields = z.record(z.string(), z.unknown())
type Fields = z.infer<typeof Fields>
const absent = z.null().transform(() => undefined)

const File = z.object({
  kind: z.literal('Config').optional(),
  contexts: z
    .array(
      z.object({
        name,
        context: z.object({
          cluster: name,
          user: name.or(z.literal('')).or(absent).optional(),
          namespace: z.string().or(absent).optional(),
        }),
      }),
    )
    .min(1)
    .max(mostContexts),
  clusters: z.array(z.object({ name, cluster: Fields })).max(mostContexts),
  users: z
    .array(z.object({ name, user: Fields.or(absent) }))
    .max(mostContexts)
    .nullish(),
})
type File = z.infer<typeof File>

/** What a kubeconfig may hold that Portolan does not do for a stranger, by field. */
const refusedOfUser: Record<string, string> = {
  exec: 'kubeconfig-exec',
  'auth-provider': 'kubeconfig-auth-provider',
  tokenFile: 'kubeconfig-file',
  'client-certificate': 'kubeconfig-file',
  'client-key': 'kubeconfig-file',
  username: 'kubeconfig-password',
  password: 'kubeconfig-password',
  as: 'kubeconfig-impersonation',
  'as-uid': 'kubeconfig-impersonation',
  'as-groups': 'kubeconfig-impersonation',
  'as-user-extra': 'kubeconfig-impersonation',
}
const refusedOfCluster: Record<string, string> = {
  'certificate-authority': 'kubeconfig-file',
  'proxy-url': 'kubeconfig-proxy-url',
  'insecure-skip-tls-verify': 'kubeconfig-insecure',
}
/** The field that holds what another one only names the file of. */
const instead = (field: string): string => (field === 'tokenFile' ? 'token' : `${field}-data`)

const takenOfUser = new Set(['token', 'client-certificate-data', 'client-key-data', 'extensions'])
const takenOfCluster = new Set(['server', 'tls-server-name', 'certificate-authority-data', 'disable-compression', 'extensions'])

/**
 * Reads a kubeconfig that anybody may have written: of each context either what is needed to connect it, or why not. Runs
 * nothing, follows no alias, and opens no file but by `open`, which answers null for one that cannot be read.
 * @throws invalid_input when the text is no kubeconfig
 * @see https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/
 */
export function readKubeconfig(text: string, open?: (path: string) => Buffer | null): KubeconfigContext[] {
  const file = parse(text)
  const whole = (fields: Fields) => (open ? withFiles(fields, open) : fields)
  const clusters = new Map(file.clusters.map((one) => [one.name, whole(one.cluster)]))
  const users = new Map((file.users ?? []).map((one) => [one.name, whole(one.user ?? {})]))
  return file.contexts.map(({ name: called, context }) => {
    const told = {
      name: clean(called),
      cluster: clean(context.cluster),
      user: clean(context.user ?? ''),
      namespace: context.namespace || null,
      server: clean(String(clusters.get(context.cluster)?.['server'] ?? '')),
    }
    const cluster = clusters.get(context.cluster)
    const user = users.get(context.user ?? '')
    const missing = !cluster ? told.cluster : !user ? told.user : null
    if (!cluster || !user) return refuse(told, { code: 'kubeconfig-missing', params: { name: missing || '?' } })
    const refused =
      refusalOf(cluster, refusedOfCluster, takenOfCluster, told.cluster) ?? refusalOf(user, refusedOfUser, takenOfUser, told.user)
    if (refused) return refuse(told, refused)
    if (told.namespace !== null && !NamespaceName.safeParse(told.namespace).success) return refuse(told, unreadable('namespace', told.name))
    return connectable(told, cluster, user)
  })
}

/** Each file that can be opened in place of its name; the others stay what they are. */
function withFiles(fields: Fields, open: (path: string) => Buffer | null): Fields {
  const named = ['certificate-authority', 'client-certificate', 'client-key', 'tokenFile'].filter((field) => isSet(fields[field]))
  const found = named.flatMap((field) => {
    const content = open(String(fields[field]))
    if (!content) return []
    return [
      [field, undefined],
      [instead(field), field === 'tokenFile' ? content.toString('utf8') : content.toString('base64')],
    ]
  })
  return { ...fields, ...(Object.fromEntries(found) as Fields) }
}

type Told = Pick<KubeconfigContext, 'name' | 'cluster' | 'user' | 'namespace' | 'server'>

const clean = (text: string) => cleanseText(text, 200)
const refuse = (told: Told, refused: Reason): KubeconfigContext => ({ ...told, settings: null, secrets: null, refused })
const unreadable = (field: string, of: string): Reason => ({ code: 'kubeconfig-unreadable', params: { field, of } })

function parse(text: string): File {
  if (Buffer.byteLength(text) > longestKibibytes * 1024 || (text.match(structure)?.length ?? 0) > mostStructure)
    throw new AppError('invalid_input', `This is too much for a kubeconfig: at most ${longestKibibytes} KiB are read.`, {
      reason: { code: 'kubeconfig-too-large', params: { kibibytes: longestKibibytes } },
    })
  const file = File.safeParse(parseYaml(text))
  if (file.success) return file.data
  const [issue] = file.error.issues
  const field = clean(issue?.path.join('.') || 'contexts')
  throw new AppError('invalid_input', `This is no kubeconfig: ${field} is missing or is something else.`, {
    reason: { code: 'kubeconfig-other', params: { field } },
  })
}

/** Without aliases (a few lines of them make gigabytes), and bounded in depth by the parser's own stack. */
function parseYaml(text: string): unknown {
  try {
    const document = parseDocument(text, { schema: 'core', uniqueKeys: false, prettyErrors: false, stringKeys: true })
    const [problem] = document.errors
    if (!problem) return document.toJS({ maxAliasCount: 0 })
    throw notYaml(1 + (text.slice(0, problem.pos[0]).match(/\n/g)?.length ?? 0), problem)
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    // An alias is a ReferenceError of the parser's, endless nesting a RangeError of the stack's.
    throw notYaml(1, cause)
  }
}

const notYaml = (line: number, cause: unknown) =>
  new AppError('invalid_input', `This cannot be read as YAML: look at line ${line}.`, {
    reason: { code: 'kubeconfig-not-yaml', params: { line } },
    cause,
  })

const isSet = (value: unknown): boolean => value !== undefined && value !== null && value !== '' && value !== false

function refusalOf(fields: Fields, refused: Record<string, string>, taken: ReadonlySet<string>, of: string): Reason | null {
  const given = Object.keys(fields).filter((field) => isSet(fields[field]))
  const field = given.find((one) => Object.hasOwn(refused, one))
  if (field) {
    const code = refused[field]!
    return { code, params: { field, of, ...(code === 'kubeconfig-file' && { instead: instead(field) }) } }
  }
  const unknown = given.find((one) => !taken.has(one))
  return unknown === undefined ? null : { code: 'kubeconfig-unknown-field', params: { field: clean(unknown), of } }
}

function connectable(told: Told, cluster: Fields, user: Fields): KubeconfigContext {
  if (!Server.safeParse(cluster['server']).success) return refuse(told, unreadable('server', told.cluster))
  const given = {
    ca: decode(cluster, 'certificate-authority-data'),
    certificate: decode(user, 'client-certificate-data'),
    key: decode(user, 'client-key-data'),
  }
  const secrets = KubernetesSecrets.safeParse({ ...given, ...(isSet(user['token']) && { token: user['token'] }) })
  if (!secrets.success) return refuse(told, unreadable(fieldOf(secrets.error.issues[0]?.path[0]), told.user))
  const { token, certificate, key, ca } = secrets.data
  const auth = certificate && key ? 'certificate' : token ? 'token' : null
  if (!auth) return refuse(told, { code: 'kubeconfig-no-credentials', params: { of: told.user } })
  const serverName = isSet(cluster['tls-server-name']) ? cluster['tls-server-name'] : undefined
  const settings = Connectable.safeParse({ auth, server: cluster['server'], serverName })
  if (!settings.success) return refuse(told, unreadable('tls-server-name', told.cluster))
  return {
    ...told,
    settings: settings.data,
    secrets: { ...(auth === 'token' ? { token } : { certificate, key }), ...(ca && { ca }) },
    refused: null,
  }
}

const fieldOf = (secret: PropertyKey | undefined): string =>
  ({ ca: 'certificate-authority-data', certificate: 'client-certificate-data', key: 'client-key-data' })[String(secret)] ?? 'token'

/** The text of a field in base64; what is none becomes what no schema takes. */
function decode(fields: Fields, field: string): string | undefined {
  const value = fields[field]
  if (!isSet(value)) return undefined
  const text = typeof value === 'string' ? value.replaceAll(/\s/g, '') : ''
  return /^[A-Za-z0-9+/]+=*$/.test(text) ? Buffer.from(text, 'base64').toString('utf8') : ''
}
