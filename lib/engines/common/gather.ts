/**
 * What comes within `waitMs` of a first item, or up to `most` of it, in one bundle. Takes nothing ahead of who reads, so
 * that a slow reader holds the source back. What was gathered before a failure comes before it.
 */
export async function* gather<T>(source: AsyncIterable<T>, waitMs: number, most: number): AsyncGenerator<T[]> {
  const iterator = source[Symbol.asyncIterator]()
  const ask = () => settle(iterator.next())
  try {
    let next = ask()
    for (;;) {
      const items: T[] = []
      let over: Promise<null> | null = null
      let got: Settled<T> | null = null
      while (items.length < most) {
        got = await (over ? Promise.race([next, over]) : next)
        if (got === null || !('value' in got)) break
        items.push(got.value)
        over ??= new Promise((resolve) => setTimeout(resolve, waitMs, null))
        next = ask()
      }
      if (items.length > 0) yield items
      if (got && 'failure' in got) throw got.failure
      if (got && 'done' in got) return
    }
  } finally {
    // Not waited for: a source that is in the middle of waiting would not hear it.
    void settle(iterator.return?.() ?? Promise.resolve({ done: true, value: undefined }))
  }
}

type Settled<T> = { value: T } | { done: true } | { failure: unknown }

const settle = <T>(asked: Promise<IteratorResult<T>>): Promise<Settled<T>> =>
  asked.then(
    (result) => (result.done ? { done: true } : { value: result.value }),
    (failure: unknown) => ({ failure }),
  )
