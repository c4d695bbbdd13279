import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { z } from 'zod'
import { AppError, isAppError } from '../../errors/index.ts'
import type { Probe } from '../engine.ts'
import { addressOf } from './address.ts'
import { notDocker } from './failures.ts'
import type { Answer, Call } from '../common/http.ts'
import type { DockerHttp } from './http.ts'
import { InfoReply, VersionReply } from './replies.ts'

/** Docker 20.10, the oldest that is served, and the newest whose answers were looked at, of Docker 29. */
export const oldestApi = '1.41'
export const newestApi = '1.56'

const compareVersions = (a: string, b: string): number => {
  const [aMajor = 0, aMinor = 0] = a.split('.').map(Number)
  const [bMajor = 0, bMinor = 0] = b.split('.').map(Number)
  return aMajor - bMajor || aMinor - bMinor
}

/** The version to speak: the engine's newest, but no newer than what is known here unless it demands so. */
export function chooseVersion(newestOfEngine: string, oldestOfEngine: string): string | null {
  if (compareVersions(newestOfEngine, oldestApi) < 0) return null
  if (oldestOfEngine && compareVersions(oldestOfEngine, newestApi) > 0) return oldestOfEngine
  return compareVersions(newestOfEngine, newestApi) < 0 ? newestOfEngine : newestApi
}

interface Negotiated {
  /** `/v1.41` */
  prefix: string
  /** The engine's own. */
  version: string
}

/** Docker's API in the version that both sides speak; negotiated at the first call and again after `forget` or a lost connection. */
export class DockerApi {
  readonly http: DockerHttp
  #negotiated: Promise<Negotiated> | null = null

  constructor(http: DockerHttp) {
    this.http = http
  }

  forget(): void {
    this.#negotiated = null
  }

  text(call: Call): Promise<Answer> {
    return this.#speak(call, (full) => this.http.text(full))
  }

  json(call: Call): Promise<unknown> {
    return this.#speak(call, (full) => this.http.json(full))
  }

  /** Read by a schema; an answer that does not fit is no answer of Docker's. */
  async read<T>(schema: z.ZodType<T>, call: Call): Promise<T> {
    const parsed = schema.safeParse(await this.json(call))
    if (!parsed.success) throw notDocker(this.http.settings, 'json')
    return parsed.data
  }

  stream(call: Call): Promise<IncomingMessage> {
    return this.#speak(call, (full) => this.http.stream(full))
  }

  hijack(call: Call): Promise<Duplex> {
    return this.#speak(call, (full) => this.http.hijack(full))
  }

  /** The headers of an answer; null when there is nothing of that path. */
  async head(call: Call): Promise<IncomingHttpHeaders | null> {
    const found = await this.#speak({ ...call, method: 'HEAD' }, (full) => this.http.text(full)).catch((failure: unknown) => {
      if (isAppError(failure) && failure.code === 'not_found') return null
      throw failure
    })
    return found?.headers ?? null
  }

  /** A sign of life; throws when there is none. */
  async ping(signal: AbortSignal): Promise<void> {
    await this.http.text({ path: '/_ping', signal })
  }

  async probe(signal: AbortSignal): Promise<Probe> {
    this.forget()
    const { version } = await this.#negotiate()
    const before = performance.now()
    const info = await this.read(InfoReply, { path: '/info', signal })
    return {
      version,
      engineId: info.ID,
      hostName: info.Name,
      figures: { containers: info.Containers, running: info.ContainersRunning, images: info.Images },
      latencyMs: Math.round(performance.now() - before),
      hostKey: this.http.hostKey,
    }
  }

  /** In the version both sides know. */
  async #speak<T>(call: Call, send: (call: Call) => Promise<T>): Promise<T> {
    const { prefix } = await this.#negotiate()
    try {
      return await send({ ...call, path: prefix + call.path })
    } catch (failure) {
      // Whatever answers there next may be of another version.
      if (isAppError(failure) && failure.code === 'engine_unreachable') this.forget()
      throw failure
    }
  }

  #negotiate(): Promise<Negotiated> {
    this.#negotiated ??= this.#readVersion().catch((failure: unknown) => {
      this.forget()
      throw failure
    })
    return this.#negotiated
  }

  async #readVersion(): Promise<Negotiated> {
    // Shared by all callers, so that no single one may end it; the time-out does.
    const { signal } = new AbortController()
    const { settings } = this.http
    // A web server answers 404 here, often in HTML; Docker never does.
    const { text } = await this.http.text({ path: '/version', signal }).catch((failure: unknown) => {
      throw isAppError(failure) && failure.code === 'not_found' ? notDocker(settings, 'other') : failure
    })
    const said = VersionReply.safeParse(parseJson(text))
    if (!said.success)
      throw notDocker(settings, text.trimStart().startsWith('<') ? 'html' : parseJson(text) === undefined ? 'other' : 'json')
    const { Version, ApiVersion: newest, MinAPIVersion: oldest } = said.data
    const version = Version.slice(0, 100)
    const chosen = chooseVersion(newest, oldest)
    if (chosen) return { prefix: `/v${chosen}`, version }
    throw new AppError(
      'unsupported',
      `${addressOf(settings)} runs Docker ${version} with API ${newest.slice(0, 20)}; Portolan needs ${oldestApi} (Docker 20.10) or newer.`,
      {
        reason: { code: 'api-too-old', params: { version, api: newest.slice(0, 20), needed: oldestApi } },
      },
    )
  }
}

/** Undefined for what is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}
