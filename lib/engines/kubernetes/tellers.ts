import { inTurns } from '../common/untrusted.ts'
import type { Batch, Followed } from '../engine.ts'
import { describe, isStored } from './describe.ts'
import { apiVersionOf, type Served } from './discovery.ts'
import { History } from './history.ts'
import { keyOf, type KubernetesKind } from './kind.ts'
import type { Reflected } from './reflector.ts'
import type { Change } from './watch-line.ts'

/** Makes of what the API says what is followed. */
export interface Teller {
  /** The version that a cursor of ours stands for; null for what is none. */
  versionOf(cursor: string | undefined): string | null
  tell(said: Reflected): Promise<Followed[]>
}

/** Rows, and which are gone: of a list in parts it keeps the keys, never the objects. */
export class RowTeller implements Teller {
  readonly #kind: KubernetesKind
  readonly #apiVersion: string
  #keys = new Set<string>()

  constructor(kind: KubernetesKind, served: Served) {
    this.#kind = kind
    this.#apiVersion = apiVersionOf(served)
  }

  versionOf(cursor: string | undefined): string | null {
    const [apiVersion, version = ''] = (cursor ?? '').split(' ')
    return apiVersion === this.#apiVersion && /^\d+$/.test(version) ? version : null
  }

  async tell(said: Reflected): Promise<Followed[]> {
    if (said.type === 'page') return [await this.#tellPage(said)]
    if (said.type === 'changes') return [await this.#tellChanges(said.changes, said.version)]
    // Whatever was listed so far is no part of the next list.
    if (said.type === 'failed') this.#keys.clear()
    return []
  }

  async #tellPage({ objects, last, version }: Extract<Reflected, { type: 'page' }>): Promise<Followed> {
    const upserts = await this.#describe(objects)
    const earlier = last ? [...this.#keys] : undefined
    for (const { summary } of upserts) this.#keys.add(summary.key)
    if (last) this.#keys.clear()
    return this.#batch({ upserts, deletes: [], complete: last, ...(earlier && { earlier }), cursor: this.#cursor(version) })
  }

  async #tellChanges(changes: readonly Change[], version: string | null): Promise<Followed> {
    // Of an object that changed several times in a moment only the last is looked at.
    const latest = new Map<string, Change>()
    for (const change of changes) if (isStored(change.object)) latest.set(keyOf(change.object.metadata), change)
    const stays = [...latest.values()].filter(({ gone }) => !gone)
    const upserts = await this.#describe(stays.map(({ object }) => object))
    const deletes = [...latest].flatMap(([key, { gone }]) => (gone ? key : []))
    return this.#batch({ upserts, deletes, complete: false, cursor: this.#cursor(version) })
  }

  async #describe(objects: readonly unknown[]) {
    const described = await inTurns(objects, (object) => describe(this.#kind, this.#apiVersion, object))
    return described.filter((one) => one !== null)
  }

  #cursor(version: string | null): string | null {
    return version === null ? null : `${this.#apiVersion} ${version}`
  }

  #batch(batch: Omit<Batch, 'kind'>): Followed {
    return { type: 'batch', batch: { kind: this.#kind.name, ...batch } }
  }
}

/** History instead of rows. There is no batch that could store where it is, so each following begins with what the cluster still has. */
export class EventTeller implements Teller {
  readonly #history = new History()

  versionOf(): null {
    return null
  }

  async tell(said: Reflected): Promise<Followed[]> {
    const objects =
      said.type === 'page' ? said.objects : said.type === 'changes' ? said.changes.flatMap(({ object, gone }) => (gone ? [] : object)) : []
    const events = this.#history.take(objects)
    return events.length > 0 ? [{ type: 'events', events }] : []
  }
}
