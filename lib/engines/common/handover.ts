/** Hands things from several writers to one reader. Who writes faster than is read waits. */
export class Handover<T> {
  readonly #held: T[] = []
  readonly #room: (() => void)[] = []
  readonly #capacity: number
  #failure: { error: unknown } | null = null
  #wake: () => void = () => undefined

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** Resolves when the next may come. Rejects with what `fail` was given. */
  async put(item: T): Promise<void> {
    this.#held.push(item)
    this.#wake()
    while (this.#held.length >= this.#capacity && !this.#failure) await new Promise<void>((resolve) => this.#room.push(resolve))
    if (this.#failure) throw this.#failure.error
  }

  /** Nothing will come any more, and why. */
  fail(error: unknown): void {
    this.#failure ??= { error }
    this.#wake()
    for (const resolve of this.#room.splice(0)) resolve()
  }

  /** Waits for the next; throws what `fail` was given once all before it was taken. */
  async take(): Promise<T> {
    while (this.#held.length === 0) {
      if (this.#failure) throw this.#failure.error
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
    const item = this.#held.shift() as T
    for (const resolve of this.#room.splice(0)) resolve()
    return item
  }
}
