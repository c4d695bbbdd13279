import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { Duplex } from 'node:stream'
import { fingerprint as keyedFingerprint } from '../../access/secrets.ts'
import { AppError } from '../../errors/index.ts'
import type { HostKey } from '../engine.ts'
import type { DockerSecrets, DockerSettings } from './address.ts'
import { parseJson, refusal, timedOut, translateFailure } from './failures.ts'
import { ForwardingAgent } from './ssh/agent.ts'
import { SshTunnel } from './ssh/tunnel.ts'
import { cleanseInTurns } from '../common/untrusted.ts'

/** The longest answer that is taken in at once, unless a call allows for more: one object with all that was ever written on it. */
const longestAnswer = 32 * 2 ** 20
/** Of a refusal's body, enough for its words. */
const longestRefusal = 64 * 2 ** 10

export interface Call {
  method?: 'GET' | 'POST' | 'DELETE' | 'HEAD'
  path: string
  query?: Record<string, string | number | boolean | undefined>
  /** Sent as JSON. */
  body?: unknown
  signal: AbortSignal
  /** Milliseconds until the whole answer (of a stream: its beginning) must be here. */
  timeoutMs?: number
  /** Bytes that the whole answer may have. */
  longest?: number
}

export interface Answer {
  headers: http.IncomingHttpHeaders
  text: string
}

/**
 * HTTP to one Docker engine over its socket, TCP, TLS or SSH. Throws AppError only, except the reason of a signal that is no time-out.
 * Why this is not dockerode: docs/decisions/0003-docker-over-http.md.
 */
export class DockerHttp {
  readonly settings: DockerSettings
  readonly #target: https.RequestOptions
  /** Keeps connections for what may be asked twice. */
  readonly #agent: http.Agent
  /** A connection of its own for each. */
  readonly #single: http.Agent
  readonly #timeoutMs: number
  readonly #transport: typeof http | typeof https
  readonly #tunnel: SshTunnel | null

  constructor(settings: DockerSettings, secrets: DockerSecrets, timeoutMs: number) {
    this.settings = settings
    this.#timeoutMs = timeoutMs
    this.#transport = settings.transport === 'tls' ? https : http
    this.#target = targetOf(settings, secrets)
    this.#tunnel = settings.transport === 'ssh' ? new SshTunnel(settings, secrets, timeoutMs) : null
    this.#agent = this.#makeAgent({ keepAlive: true, maxSockets: 16, maxFreeSockets: 4 })
    this.#single = this.#makeAgent({ keepAlive: false })
  }

  /** What the machine on the way showed when it was reached last. */
  get hostKey(): HostKey | undefined {
    return this.#tunnel?.hostKey
  }

  #makeAgent(options: http.AgentOptions): http.Agent {
    return this.#tunnel ? new ForwardingAgent(options, this.#tunnel.open) : new this.#transport.Agent(options)
  }

  /** The JSON of an answer, made fit to keep. An empty answer is null. */
  async json(call: Call): Promise<unknown> {
    const { text } = await this.text(call)
    return text === '' ? null : cleanseInTurns(parseJson(text, this.settings))
  }

  /** The whole answer, bounded. */
  async text(call: Call): Promise<Answer> {
    const timeoutMs = call.timeoutMs ?? this.#timeoutMs
    const startedAt = performance.now()
    const deadline = AbortSignal.timeout(timeoutMs)
    const signal = AbortSignal.any([call.signal, deadline])
    try {
      const response = await this.#send(call, signal)
      return { headers: response.headers, text: await readAll(response, call.longest ?? longestAnswer, signal) }
    } catch (failure) {
      throw this.#explain(failure, call.signal, deadline, performance.now() - startedAt)
    }
  }

  /** The beginning of an answer without an end; it breaks when the signal does. Never waits longer than the time-out for it. */
  async stream(call: Call): Promise<IncomingMessage> {
    const timeoutMs = call.timeoutMs ?? this.#timeoutMs
    const startedAt = performance.now()
    const beginning = new AbortController()
    const timer = setTimeout(() => beginning.abort(), timeoutMs)
    try {
      // Outlives `beginning`, which is not aborted once the answer has begun.
      const response = await this.#send(call, AbortSignal.any([call.signal, beginning.signal]), true)
      response.socket.setKeepAlive(true, 10_000)
      return response
    } catch (failure) {
      throw this.#explain(failure, call.signal, beginning.signal, performance.now() - startedAt)
    } finally {
      clearTimeout(timer)
    }
  }

  /** The bare connection behind an answer that switches protocols: both sides write as they like from there on. */
  async hijack(call: Call): Promise<Duplex> {
    const deadline = AbortSignal.timeout(call.timeoutMs ?? this.#timeoutMs)
    const startedAt = performance.now()
    const beginning = new AbortController()
    const giveUp = () => beginning.abort()
    const signal = AbortSignal.any([call.signal, deadline])
    signal.addEventListener('abort', giveUp)
    try {
      const upgrade = { connection: 'Upgrade', upgrade: 'tcp' }
      const options = { ...this.#optionsOf(call, beginning.signal, upgrade), agent: this.#single }
      const { response, socket } = await this.#request(options, call.body)
      if (socket) return socket
      throw await this.#refused(call, response, signal)
    } catch (failure) {
      throw this.#explain(failure, call.signal, deadline, performance.now() - startedAt)
    } finally {
      signal.removeEventListener('abort', giveUp)
    }
  }

  /** A failure while a stream was read, in words. */
  explain(failure: unknown, signal: AbortSignal): unknown {
    return signal.aborted ? signal.reason : translateFailure(failure, this.settings, this.#target.cert !== undefined)
  }

  close(): void {
    this.#agent.destroy()
    this.#tunnel?.close()
  }

  #explain(failure: unknown, signal: AbortSignal, deadline: AbortSignal, waitedMs: number): unknown {
    // A caller's own limit is a time-out like ours; only what was given up on purpose is not the engine's fault.
    if (isTimeOut(signal.reason) || (deadline.aborted && !signal.aborted)) return timedOut(this.settings, waitedMs)
    return signal.aborted ? signal.reason : translateFailure(failure, this.settings, this.#target.cert !== undefined)
  }

  async #send(call: Call, signal: AbortSignal, streams = false): Promise<IncomingMessage> {
    const method = call.method ?? 'GET'
    // What changes something is never sent over a connection that may have died in the meantime: it could not be repeated.
    const options = { ...this.#optionsOf(call, signal), agent: streams || method !== 'GET' ? this.#single : this.#agent }
    const { response } = await this.#request(options, call.body).catch((failure: NodeJS.ErrnoException & { reused?: boolean }) => {
      if (!failure.reused || signal.aborted) throw failure
      return this.#request({ ...options, agent: this.#single }, call.body)
    })
    const status = response.statusCode ?? 0
    if (status >= 200 && status < 300) return response
    throw await this.#refused(call, response, signal)
  }

  async #refused(call: Call, response: IncomingMessage, signal: AbortSignal): Promise<AppError> {
    const { statusCode: status = 0, statusMessage: statusText = '', headers } = response
    const body = status === 304 ? '' : await readAll(response, longestRefusal, signal)
    const contentType = headers['content-type'] ?? ''
    return refusal({ status, statusText, contentType, body, isDocker: isDocker(call, headers) }, this.settings, keyedFingerprint)
  }

  #optionsOf(call: Call, signal: AbortSignal, more: http.OutgoingHttpHeaders = {}): https.RequestOptions {
    const json = call.body === undefined ? {} : { 'content-type': 'application/json' }
    const headers = { ...(this.#target.headers as http.OutgoingHttpHeaders | undefined), ...json, ...more }
    return { ...this.#target, method: call.method ?? 'GET', path: pathOf(call), signal, headers }
  }

  #request(options: https.RequestOptions, body?: unknown): Promise<{ response: IncomingMessage; socket?: Duplex }> {
    return new Promise((resolve, reject) => {
      const request = this.#transport.request(options)
      request.once('response', (response) => resolve({ response }))
      request.once('upgrade', (response, socket, head) => {
        socket.unshift(head)
        resolve({ response, socket })
      })
      request.once('error', (error) => reject(Object.assign(error, { reused: request.reusedSocket })))
      request.end(body === undefined ? undefined : JSON.stringify(body))
    })
  }
}

/** Whether the other side is known to be Docker: it says so, or has told the version that it is asked in now. */
const isDocker = (call: Call, headers: IncomingHttpHeaders): boolean =>
  'api-version' in headers || /^docker\//i.test(String(headers.server)) || /^\/v\d+\.\d+\//.test(call.path)

/** What `AbortSignal.timeout` aborts with. */
const isTimeOut = (reason: unknown): boolean => reason instanceof DOMException && reason.name === 'TimeoutError'

function targetOf(settings: DockerSettings, secrets: DockerSecrets): https.RequestOptions {
  if (settings.transport === 'socket') return { socketPath: settings.path, headers: { host: 'docker' } }
  // The name is looked up by the tunnel alone.
  if (settings.transport === 'ssh') return { headers: { host: 'docker' } }
  return { host: settings.host, port: settings.port, ...(settings.transport === 'tls' ? tlsOptions(settings, secrets) : {}) }
}

function tlsOptions(settings: Extract<DockerSettings, { transport: 'tls' }>, secrets: DockerSecrets): https.RequestOptions {
  return {
    ca: secrets.ca,
    cert: secrets.certificate,
    key: secrets.key,
    ...(settings.serverName ? { servername: settings.serverName } : {}),
  }
}

function pathOf({ path, query = {} }: Call): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path
}

async function readAll(response: IncomingMessage, longest: number, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    signal.throwIfAborted()
    chunks.push(chunk)
    length += chunk.length
    if (length > longest) {
      response.destroy()
      throw new AppError('engine_failed', `Docker's answer is longer than ${longest / 2 ** 20} MiB.`, {
        reason: { code: 'engine-answer-too-large', params: { mebibytes: longest / 2 ** 20 } },
      })
    }
  }
  return Buffer.concat(chunks).toString('utf8')
}
