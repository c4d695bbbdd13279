import type { OutgoingHttpHeaders } from 'node:http'
import type https from 'node:https'
import type { Duplex } from 'node:stream'
import { AppError, isAppError } from '../../errors/index.ts'
import { settings as ourSettings } from '../../settings.ts'
import { EngineHttp, type Call } from '../common/http.ts'
import { notKubernetes, refusal, translateFailure, type Server } from './failures.ts'
import { readAuthority, serviceAccountToken } from './service-account.ts'
import { addressOf, type KubernetesSecrets, type KubernetesSettings } from './settings.ts'

/** Where a cluster is, once it is known: a context of a file stands for one of the others. */
export type Reachable = Exclude<KubernetesSettings, { auth: 'kubeconfig' }>
import { openWebSocket } from './web-socket.ts'

interface Reached {
  tls: boolean
  options: https.RequestOptions
  headers?: () => Promise<OutgoingHttpHeaders>
  server: Server
  /** Of every path: some servers are behind one. */
  prefix: string
}

/** HTTP to one API server. Why this is not the client library: docs/decisions/0008-kubernetes-over-http.md. */
export class KubernetesHttp extends EngineHttp {
  readonly server: Server
  readonly #target: Pick<Reached, 'tls' | 'options' | 'headers'>
  readonly #prefix: string
  readonly #timeout: number

  constructor(settings: Reachable, secrets: KubernetesSecrets, timeoutMs: number) {
    const { server, prefix, ...target } = reach(settings, secrets)
    super(
      target,
      {
        address: server.address,
        failed: (failure) => translateFailure(failure, server),
        refused: (given) => refusal(given, server),
      },
      timeoutMs,
    )
    this.server = server
    this.#target = target
    this.#prefix = prefix
    this.#timeout = timeoutMs
  }

  /** The JSON of an answer as it came: whoever keeps anything of it makes it fit to keep. */
  async json(call: Call): Promise<unknown> {
    const { text } = await this.text(call)
    try {
      return JSON.parse(text)
    } catch (cause) {
      if (!(cause instanceof SyntaxError)) throw cause
      throw notKubernetes(this.server.address, text.trimStart().startsWith('<') ? 'html' : 'other')
    }
  }

  override text(call: Call) {
    return super.text(this.#placed(call))
  }

  override stream(call: Call) {
    return super.stream(this.#placed(call))
  }

  /** The messages of a WebSocket that speaks `protocol`, both ways and each whole. Who reads slowly holds the server back. */
  async webSocket({ path, signal }: Pick<Call, 'path' | 'signal'>, protocol: string): Promise<Duplex> {
    const { headers, ...target } = this.#target
    const asked = { ...target, headers: await headers?.(), path: this.#prefix + path, protocol, timeoutMs: this.#timeout }
    try {
      return await openWebSocket(asked, (given) => refusal(given, this.server), signal)
    } catch (failure) {
      throw isAppError(failure) ? failure : this.explain(failure, signal)
    }
  }

  #placed(call: Call): Call {
    return { ...call, path: this.#prefix + call.path, headers: { accept: 'application/json', ...call.headers } }
  }
}

function reach(settings: Reachable, secrets: KubernetesSecrets): Reached {
  if (settings.auth === 'in-cluster') return reachOwnCluster()
  const { serverName, insecureSkipTlsVerify } = settings
  const url = new URL(settings.server)
  const tls = url.protocol === 'https:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const { token, certificate, key, ca } = secrets
  const identified = settings.auth === 'certificate'
  return {
    tls,
    options: {
      host,
      port: Number(url.port) || (tls ? 443 : 80),
      ...(tls && { ca, rejectUnauthorized: !insecureSkipTlsVerify, ...(serverName && { servername: serverName }) }),
      ...(identified && { cert: certificate, key }),
    },
    ...(!identified && token && { headers: async () => ({ authorization: `Bearer ${token}` }) }),
    server: { address: addressOf(settings), host, name: serverName ?? host, identified },
    prefix: url.pathname.replace(/\/+$/, ''),
  }
}

function reachOwnCluster(): Reached {
  const { clusterServer } = ourSettings()
  if (!clusterServer)
    throw new AppError('unavailable', 'Portolan runs in no cluster: KUBERNETES_SERVICE_HOST is not set.', {
      reason: { code: 'not-in-cluster' },
    })
  const { host, port } = clusterServer
  const token = serviceAccountToken()
  return {
    tls: true,
    options: { host, port, ca: readAuthority() },
    headers: async () => ({ authorization: `Bearer ${await token()}` }),
    server: { address: addressOf({ auth: 'in-cluster' }), host, name: host, identified: false },
    prefix: '',
  }
}
