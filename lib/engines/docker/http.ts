import type { IncomingHttpHeaders } from 'node:http'
import type https from 'node:https'
import { fingerprint as keyedFingerprint } from '../../access/secrets.ts'
import type { HostKey } from '../engine.ts'
import { EngineHttp, type Call, type Target } from '../common/http.ts'
import { cleanseInTurns } from '../common/untrusted.ts'
import { addressOf, type DockerSecrets, type DockerSettings } from './address.ts'
import { parseJson, refusal, translateFailure } from './failures.ts'
import { ForwardingAgent } from './ssh/agent.ts'
import { SshTunnel } from './ssh/tunnel.ts'

/**
 * HTTP to one Docker engine over its socket, TCP, TLS or SSH.
 * Why this is not dockerode: docs/decisions/0003-docker-over-http.md.
 */
export class DockerHttp extends EngineHttp {
  readonly settings: DockerSettings
  readonly #tunnel: SshTunnel | null

  constructor(settings: DockerSettings, secrets: DockerSecrets, timeoutMs: number) {
    const tunnel = settings.transport === 'ssh' ? new SshTunnel(settings, secrets, timeoutMs) : null
    const identified = settings.transport === 'tls' && secrets.certificate !== undefined
    super(
      targetOf(settings, secrets, tunnel),
      {
        address: addressOf(settings),
        failed: (failure) => translateFailure(failure, settings, identified),
        refused: (given, call, headers) => refusal({ ...given, isDocker: isDocker(call, headers) }, settings, keyedFingerprint),
      },
      timeoutMs,
    )
    this.settings = settings
    this.#tunnel = tunnel
  }

  /** What the machine on the way showed when it was reached last. */
  get hostKey(): HostKey | undefined {
    return this.#tunnel?.hostKey
  }

  /** The JSON of an answer, made fit to keep. An empty answer is null. */
  async json(call: Call): Promise<unknown> {
    const { text } = await this.text(call)
    return text === '' ? null : cleanseInTurns(parseJson(text, this.settings))
  }

  override close(): void {
    super.close()
    this.#tunnel?.close()
  }
}

/** Whether the other side is known to be Docker: it says so, or has told the version that it is asked in now. */
const isDocker = (call: Call, headers: IncomingHttpHeaders): boolean =>
  'api-version' in headers || /^docker\//i.test(String(headers.server)) || /^\/v\d+\.\d+\//.test(call.path)

function targetOf(settings: DockerSettings, secrets: DockerSecrets, tunnel: SshTunnel | null): Target {
  const named = async () => ({ host: 'docker' })
  if (settings.transport === 'socket') return { tls: false, options: { socketPath: settings.path }, headers: named }
  // The name is looked up by the tunnel alone.
  if (tunnel) return { tls: false, options: {}, headers: named, makeAgent: (options) => new ForwardingAgent(options, tunnel.open) }
  const { host, port } = settings
  if (settings.transport !== 'tls') return { tls: false, options: { host, port } }
  return { tls: true, options: { host, port, ...tlsOptions(settings, secrets) } }
}

function tlsOptions(settings: Extract<DockerSettings, { transport: 'tls' }>, secrets: DockerSecrets): https.RequestOptions {
  return {
    ca: secrets.ca,
    cert: secrets.certificate,
    key: secrets.key,
    ...(settings.serverName ? { servername: settings.serverName } : {}),
  }
}
