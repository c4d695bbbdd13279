import http, { type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import https from 'node:https'
import type { Duplex } from 'node:stream'
import type { AppError } from '../../errors/index.ts'
import { timedOut, tooLarge, type Refusal } from './failures.ts'

/** The longest answer that is taken in at once, unless a call allows for more: one object with all that was ever written on it. */
const longestAnswer = 32 * 2 ** 20
/** Of a refusal's body, enough for its words. */
const longestRefusal = 64 * 2 ** 10

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD'
  path: string
  query?: Record<string, string | number | boolean | undefined>
  /** Sent as JSON. */
  body?: unknown
  headers?: OutgoingHttpHeaders
  signal: AbortSignal
  /** Milliseconds until the whole answer (of a stream: its beginning) must be here. */
  timeoutMs?: number
  /** Bytes that the whole answer may have. */
  longest?: number
}

export interface Answer {
  headers: IncomingHttpHeaders
  text: string
}

/** Where an engine is and how it is reached. */
export interface Target {
  tls: boolean
  options: https.RequestOptions
  /** What every call carries; asked each time, for a token may be replaced. */
  headers?(): Promise<OutgoingHttpHeaders>
  /** Left out: one of Node's own. */
  makeAgent?(options: http.AgentOptions): http.Agent
}

/** How what goes wrong is told. */
export interface Dialect {
  address: string
  failed(failure: unknown): AppError
  refused(refusal: Refusal, call: Call, headers: IncomingHttpHeaders): AppError
}

/** HTTP to one engine, bounded in bytes and time. Throws AppError only, except the reason of a signal that is no time-out. */
export class EngineHttp {
  readonly #target: Target
  readonly #dialect: Dialect
  /** Keeps connections for what may be asked twice. */
  readonly #agent: http.Agent
  /** A connection of its own for each. */
  readonly #single: http.Agent
  readonly #timeoutMs: number
  readonly #transport: typeof http | typeof https

  constructor(target: Target, dialect: Dialect, timeoutMs: number) {
    this.#target = target
    this.#dialect = dialect
    this.#timeoutMs = timeoutMs
    this.#transport = target.tls ? https : http
    this.#agent = this.#makeAgent({ keepAlive: true, maxSockets: 16, maxFreeSockets: 4 })
    this.#single = this.#makeAgent({ keepAlive: false })
  }

  #makeAgent(options: http.AgentOptions): http.Agent {
    return this.#target.makeAgent?.(options) ?? new this.#transport.Agent(options)
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
      const options = { ...(await this.#optionsOf(call, beginning.signal, upgrade)), agent: this.#single }
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
    return signal.aborted ? signal.reason : this.#dialect.failed(failure)
  }

  close(): void {
    this.#agent.destroy()
  }

  #explain(failure: unknown, signal: AbortSignal, deadline: AbortSignal, waitedMs: number): unknown {
    // A caller's own limit is a time-out like ours; only what was given up on purpose is not the engine's fault.
    if (isTimeOut(signal.reason) || (deadline.aborted && !signal.aborted)) return timedOut(this.#dialect.address, waitedMs)
    return this.explain(failure, signal)
  }

  async #send(call: Call, signal: AbortSignal, streams = false): Promise<IncomingMessage> {
    const method = call.method ?? 'GET'
    // What changes something is never sent over a connection that may have died in the meantime: it could not be repeated.
    const options = { ...(await this.#optionsOf(call, signal)), agent: streams || method !== 'GET' ? this.#single : this.#agent }
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
    const seconds = Number(headers['retry-after'] || NaN)
    const retryAfter = seconds >= 0 ? seconds : undefined
    return this.#dialect.refused({ status, statusText, contentType, body, retryAfter }, call, headers)
  }

  async #optionsOf(call: Call, signal: AbortSignal, more: OutgoingHttpHeaders = {}): Promise<https.RequestOptions> {
    const { options, headers } = this.#target
    // Node itself says no length of what DELETE sends, and the other side then takes it for the next request.
    const length = call.body === undefined ? 0 : Buffer.byteLength(JSON.stringify(call.body))
    const json = call.body === undefined ? {} : { 'content-type': 'application/json', 'content-length': length }
    return {
      ...options,
      method: call.method ?? 'GET',
      path: pathOf(call),
      signal,
      headers: { ...(await headers?.()), ...json, ...call.headers, ...more },
    }
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

/** What `AbortSignal.timeout` aborts with. */
const isTimeOut = (reason: unknown): boolean => reason instanceof DOMException && reason.name === 'TimeoutError'

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
      throw tooLarge(longest)
    }
  }
  return Buffer.concat(chunks).toString('utf8')
}
