import type { IncomingMessage } from 'node:http'
import type { z } from 'zod'
import { AppError, isAppError } from '../../errors/index.ts'
import type { Probe } from '../engine.ts'
import { addressOf } from './address.ts'
import { notDocker } from './failures.ts'
import type { Call, DockerHttp } from './http.ts'
import { InfoReply, VersionReply } from './replies.ts'

/** Docker 20.10, the oldest that is served, and the newest whose answers were looked at. */
export const oldestApi = '1.41'
export const newestApi = '1.51'

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

/** Docker's API in the version that both sides speak; negotiated at the first call and again after `forget`. */
export class DockerApi {
  readonly http: DockerHttp
  #negotiated: Promise<{ prefix: string; version: string }> | null = null

  constructor(http: DockerHttp) {
    this.http = http
  }

  /** After a lost connection another version may be there. */
  forget(): void {
    this.#negotiated = null
  }

  async json(call: Call): Promise<unknown> {
    return this.http.json({ ...call, path: (await this.#prefix(call.signal)) + call.path })
  }

  /** Read by a schema; an answer that does not fit is no answer of Docker's. */
  async read<T>(schema: z.ZodType<T>, call: Call): Promise<T> {
    const parsed = schema.safeParse(await this.json(call))
    if (!parsed.success) throw notDocker(this.http.settings, 'json')
    return parsed.data
  }

  async stream(call: Call): Promise<IncomingMessage> {
    return this.http.stream({ ...call, path: (await this.#prefix(call.signal)) + call.path })
  }

  /** A sign of life; throws when there is none. */
  async ping(signal: AbortSignal, timeoutMs?: number): Promise<void> {
    await this.http.text({ path: '/_ping', signal, timeoutMs })
  }

  async probe(signal: AbortSignal): Promise<Probe> {
    this.forget()
    const { version } = await this.#negotiate(signal)
    const before = performance.now()
    const info = await this.read(InfoReply, { path: '/info', signal })
    return {
      version,
      engineId: info.ID,
      hostName: info.Name,
      figures: { containers: info.Containers, running: info.ContainersRunning, images: info.Images },
      latencyMs: Math.round(performance.now() - before),
    }
  }

  async #prefix(signal: AbortSignal): Promise<string> {
    return (await this.#negotiate(signal)).prefix
  }

  #negotiate(signal: AbortSignal): Promise<{ prefix: string; version: string }> {
    this.#negotiated ??= this.#readVersion(signal).catch((failure: unknown) => {
      this.forget()
      throw failure
    })
    return this.#negotiated
  }

  async #readVersion(signal: AbortSignal): Promise<{ prefix: string; version: string }> {
    const { settings } = this.http
    // A web server answers 404 here, often in HTML; Docker never does.
    const { text } = await this.http.text({ path: '/version', signal }).catch((failure: unknown) => {
      throw isAppError(failure) && failure.code === 'not_found' ? notDocker(settings, 'other') : failure
    })
    const said = VersionReply.safeParse(parseJson(text))
    if (!said.success)
      throw notDocker(settings, text.trimStart().startsWith('<') ? 'html' : parseJson(text) === undefined ? 'other' : 'json')
    const { Version: version, ApiVersion: newest, MinAPIVersion: oldest } = said.data
    const chosen = chooseVersion(newest, oldest)
    if (chosen) return { prefix: `/v${chosen}`, version: version.slice(0, 100) }
    throw new AppError(
      'unsupported',
      `${addressOf(settings)} runs Docker ${version} with API ${newest}; Portolan needs ${oldestApi} (Docker 20.10) or newer.`,
      {
        reason: { code: 'api-too-old', params: { version, api: newest, needed: oldestApi } },
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
