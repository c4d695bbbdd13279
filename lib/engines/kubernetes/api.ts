import { z } from 'zod'
import { fingerprint } from '../../access/secrets.ts'
import { AppError, isAppError } from '../../errors/index.ts'
import type { Observed, Probe } from '../engine.ts'
import { describe } from './describe.ts'
import { apiVersionOf, choose, discover, pathOf, type Served } from './discovery.ts'
import { notKubernetes } from './failures.ts'
import type { KubernetesHttp } from './http.ts'
import type { KubernetesKind } from './kind.ts'
import { NamespaceName } from './settings.ts'

const Version = z.object({ gitVersion: z.string().min(2), major: z.string() })
const Uid = z.object({ metadata: z.object({ uid: z.string().min(1) }) })
const Named = z.object({ items: z.array(z.object({ metadata: z.object({ name: NamespaceName }) })) })
const Counted = z.object({
  metadata: z.object({ remainingItemCount: z.number().optional() }),
  items: z.array(z.unknown()).nullable(),
})

/** What is served is asked for anew after so long. */
const discoveredForMs = 60_000

/** The API of one cluster. */
export class KubernetesApi {
  readonly http: KubernetesHttp
  readonly #now: () => number
  #discovered: { at: number; served: Promise<Served[]> } | null = null

  constructor(http: KubernetesHttp, now: () => number) {
    this.http = http
    this.#now = now
  }

  forget(): void {
    this.#discovered = null
  }

  /** How the server has a kind; null when it does not, or not so that it could be listed. */
  async served(kind: KubernetesKind, signal: AbortSignal): Promise<Served | null> {
    if (!this.#discovered || this.#now() - this.#discovered.at > discoveredForMs) {
      // Shared by all callers, so that no single one may end it; the time-out does.
      const served = discover(this.http, new AbortController().signal)
      const discovered = { at: this.#now(), served }
      this.#discovered = discovered
      served.catch(() => {
        if (this.#discovered === discovered) this.forget()
      })
    }
    const served = await this.#discovered.served
    signal.throwIfAborted()
    return choose(served, kind)
  }

  /** The same, for what must be there. Throws unsupported. */
  async require(kind: KubernetesKind, signal: AbortSignal): Promise<Served> {
    const served = await this.served(kind, signal)
    if (served) return served
    throw new AppError('unsupported', `${this.http.server.address} does not serve ${kind.plural}.`, {
      reason: { code: 'kind-not-served', params: { kind: kind.plural } },
    })
  }

  /** The live object as it came. Throws not_found. */
  async object(kind: KubernetesKind, key: string, signal: AbortSignal): Promise<{ served: Served; raw: unknown }> {
    const served = await this.require(kind, signal)
    const at = placeOf(served, key)
    if (!at) throw gone(key)
    const raw = await this.http.json({ path: pathOf(served, at), signal }).catch((failure: unknown) => {
      throw isAppError(failure) && failure.code === 'not_found' ? gone(key) : failure
    })
    return { served, raw }
  }

  /** The live object in full, as the list tells it. Throws not_found. */
  async read(kind: KubernetesKind, key: string, signal: AbortSignal): Promise<Observed> {
    const { served, raw } = await this.object(kind, key, signal)
    const observed = describe(kind, apiVersionOf(served), raw)
    if (observed?.summary.key !== key) throw notKubernetes(this.http.server.address, 'json')
    return observed
  }

  /** Names of namespaces; none where they may not be listed. */
  async namespaces(most: number, signal: AbortSignal): Promise<string[]> {
    const { data } = Named.safeParse(await this.http.json({ path: '/api/v1/namespaces', query: { limit: most }, signal }).catch(orNull))
    return data?.items.map(({ metadata }) => metadata.name) ?? []
  }

  /** A sign of life; throws when there is none. */
  async ping(signal: AbortSignal): Promise<void> {
    await this.http.text({ path: '/version', signal })
  }

  async probe(signal: AbortSignal): Promise<Probe> {
    const before = performance.now()
    const version = await this.#version(signal)
    const latencyMs = Math.round(performance.now() - before)
    const counted = ['nodes', 'pods', 'namespaces'].map(async (name) => [name, await this.#count(`/api/v1/${name}`, signal)] as const)
    const [engineId, ...figures] = await Promise.all([this.#engineId(signal), ...counted])
    const known = figures.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]))
    return { version, engineId, hostName: this.http.server.host, figures: Object.fromEntries(known), latencyMs }
  }

  async #version(signal: AbortSignal): Promise<string> {
    const { address } = this.http.server
    // A web server answers 404 here, often in HTML.
    const said = await this.http.json({ path: '/version', signal }).catch((failure: unknown) => {
      throw isAppError(failure) && failure.code === 'not_found' ? notKubernetes(address, 'other') : failure
    })
    const version = Version.safeParse(said)
    if (!version.success) throw notKubernetes(address, 'json')
    return version.data.gitVersion.replace(/^v/, '').slice(0, 100)
  }

  /** The uid of a namespace that every cluster has; where it may not be read, what its address was made of. */
  async #engineId(signal: AbortSignal): Promise<string> {
    const asked = await this.http.json({ path: '/api/v1/namespaces/kube-system', signal }).catch(orNull)
    const { data } = Uid.safeParse(asked)
    return data?.metadata.uid ?? `server-${fingerprint(this.http.server.address)}`
  }

  async #count(path: string, signal: AbortSignal): Promise<number | null> {
    const { data } = Counted.safeParse(await this.http.json({ path, query: { limit: 1 }, signal }).catch(orNull))
    return data ? (data.items?.length ?? 0) + (data.metadata.remainingItemCount ?? 0) : null
  }
}

/** What may not be read is left out. */
const orNull = (failure: unknown): null => {
  if (isAppError(failure) && (failure.code === 'engine_denied' || failure.code === 'not_found')) return null
  throw failure
}

const gone = (key: string) =>
  new AppError('not_found', `There is no ${key} any more.`, { reason: { code: 'engine-has-it-no-more', params: { name: key } } })

/** Where a key says that an object is; null for a key that this resource has none like. */
export function placeOf(served: Served, key: string): { namespace: string | null; name: string } | null {
  const [namespace = '', name, ...more] = key.split('/')
  if (/(?:^|\/)\.\.?(?:\/|$)/.test(key)) return null
  if (!served.namespaced) return name === undefined && namespace ? { namespace: null, name: namespace } : null
  return namespace && name && more.length === 0 ? { namespace, name } : null
}
