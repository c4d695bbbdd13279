import type { Connection, Followed, Observed } from '../../lib/engines/engine.ts'

/** Follows in the background and keeps what was said, as the inventory would. */
export class Watch {
  readonly rows = new Map<string, Observed>()
  readonly events: string[] = []
  readonly cursors: Record<string, string> = {}
  complete = new Set<string>()
  alive = 0
  batches = 0
  readonly ended: Promise<unknown>
  readonly #controller = new AbortController()
  #waiting: (() => void)[] = []

  constructor(connection: Connection, kinds: readonly string[], cursors: Record<string, string> = {}) {
    this.ended = this.#run(connection.follow(kinds, cursors, this.#controller.signal))
  }

  async #run(followed: AsyncIterable<Followed>): Promise<unknown> {
    try {
      for await (const one of followed) this.#take(one)
      return null
    } catch (failure) {
      return failure
    }
  }

  #take(one: Followed): void {
    if (one.type === 'alive') this.alive++
    if (one.type === 'events') this.events.push(...one.events.map((event) => `${event.action} ${event.name}`))
    if (one.type === 'batch') {
      this.batches++
      const { kind, upserts, deletes, complete, earlier = [], cursor } = one.batch
      const kept = new Set(earlier.map((key) => `${kind} ${key}`))
      if (complete) for (const id of this.rows.keys()) if (id.startsWith(`${kind} `) && !kept.has(id)) this.rows.delete(id)
      if (complete) this.complete.add(kind)
      for (const key of deletes) this.rows.delete(`${kind} ${key}`)
      for (const observed of upserts) this.rows.set(`${kind} ${observed.summary.key}`, observed)
      if (cursor) this.cursors[kind] = cursor
    }
    for (const wake of this.#waiting.splice(0)) wake()
  }

  named(kind: string, name: string): Observed | undefined {
    return [...this.rows].find(
      ([id, { summary }]) =>
        id.startsWith(`${kind} `) &&
        (summary.name === name || (summary.images.some((image) => image.startsWith(`${name}:`)) && kind.endsWith('images'))),
    )?.[1]
  }

  /** Waits for what is said next until it is so; the test's own time-out ends it. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  async stop(): Promise<void> {
    this.#controller.abort()
    await this.ended
  }
}
