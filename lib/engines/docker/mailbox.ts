/** Hands things from one side to the other in bundles; bounded. */
export class Mailbox<T> {
  #held: T[] = []
  #overflowed = false
  #failure: { error: unknown } | null = null
  #wake: () => void = () => undefined
  readonly #capacity: number

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** Beyond the capacity everything held is dropped, and the reader is told so. */
  put(item: T): void {
    if (this.#held.length >= this.#capacity) {
      this.#held = []
      this.#overflowed = true
    }
    this.#held.push(item)
    this.#wake()
  }

  /** Nothing will come any more, and why. */
  fail(error: unknown): void {
    this.#failure ??= { error }
    this.#wake()
  }

  /** Waits until something is here or the time is over. Throws what `fail` was given once all before it was taken. */
  async take(timeoutMs: number): Promise<{ items: T[]; overflowed: boolean }> {
    if (this.#held.length === 0 && !this.#overflowed && !this.#failure) await this.#wait(timeoutMs)
    const taken = { items: this.#held, overflowed: this.#overflowed }
    if (taken.items.length === 0 && !taken.overflowed && this.#failure) throw this.#failure.error
    this.#held = []
    this.#overflowed = false
    return taken
  }

  #wait(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(0, timeoutMs))
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
