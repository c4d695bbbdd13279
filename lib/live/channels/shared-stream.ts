/** Who follows a shared stream. */
export interface StreamSubscriber<T> {
  isReady(): boolean
  send(item: T): void
  fail(error: unknown): void
  end(): void
}

/** How much of a stream a new subscriber gets to begin with. */
const remembered = 120

/**
 * One stream for all who look at it: the first opens it, the last closes it. It remembers its last items; who cannot
 * take more in waits, and misses only what is forgotten by then.
 */
export class SharedStream<T> {
  private readonly next = new Map<StreamSubscriber<T>, number>()
  private readonly stopped = new AbortController()
  private readonly onEmpty: () => void
  private items: T[] = []
  private forgotten = 0

  constructor(open: (signal: AbortSignal) => AsyncIterable<T>, onEmpty: () => void) {
    this.onEmpty = onEmpty
    void this.read(open)
  }

  add(subscriber: StreamSubscriber<T>): void {
    this.next.set(subscriber, 0)
    this.drain(subscriber)
  }

  remove(subscriber: StreamSubscriber<T>): void {
    if (!this.next.delete(subscriber) || this.next.size > 0) return
    this.stopped.abort()
    this.onEmpty()
  }

  /** Sends a subscriber what it may have. */
  drain(subscriber: StreamSubscriber<T>): void {
    const known = this.next.get(subscriber)
    if (known === undefined) return
    let next = Math.max(known, this.forgotten)
    while (next < this.forgotten + this.items.length && subscriber.isReady()) subscriber.send(this.items[next++ - this.forgotten]!)
    this.next.set(subscriber, next)
  }

  private async read(open: (signal: AbortSignal) => AsyncIterable<T>): Promise<void> {
    try {
      for await (const item of open(this.stopped.signal)) this.take(item)
      this.finish((subscriber) => subscriber.end())
    } catch (error) {
      this.finish((subscriber) => subscriber.fail(error))
    }
  }

  private take(item: T): void {
    this.items.push(item)
    if (this.items.length > remembered) {
      this.items.shift()
      this.forgotten++
    }
    for (const subscriber of this.next.keys()) this.drain(subscriber)
  }

  private finish(tell: (subscriber: StreamSubscriber<T>) => void): void {
    const subscribers = [...this.next.keys()]
    this.next.clear()
    if (this.stopped.signal.aborted) return
    this.onEmpty()
    for (const subscriber of subscribers) tell(subscriber)
  }
}
