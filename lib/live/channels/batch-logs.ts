import type { Clock } from '../../model/clock.ts'
import { type LogFrame, mostLinesAFrame } from '../../model/stream.ts'

type Lines = Extract<LogFrame, { type: 'lines' }>

/** A frame is sent when it is this old, this big or this long; one that the engine made bigger stays as it is. */
const maxAgeMs = 50
const maxBytes = 64 * 1024
/** What a line costs beside its text: instant, stream, punctuation. */
const lineOverhead = 70

const sizeOf = (frame: Lines) => frame.lines.reduce((sum, line) => sum + line.text.length + lineOverhead, 0)
const isFull = (size: number, lines: number) => size >= maxBytes || lines >= mostLinesAFrame

/** Few big frames out of many small ones. It reads at most one frame ahead of its reader, who so holds the engine back. */
export async function* batchLogs(frames: AsyncIterable<LogFrame>, clock: Clock): AsyncIterable<LogFrame> {
  const iterator = frames[Symbol.asyncIterator]()
  let next = iterator.next()
  try {
    for (;;) {
      const first = await next
      if (first.done) return
      next = iterator.next()
      if (first.value.type === 'mark') yield first.value
      else yield* gather(first.value)
    }
  } finally {
    // What was read ahead may still fail; nobody waits for it any more.
    next.catch(() => undefined)
    await iterator.return?.()
  }

  async function* gather(batch: Lines): AsyncIterable<LogFrame> {
    let size = sizeOf(batch)
    const due = Promise.withResolvers<null>()
    const cancel = clock.after(maxAgeMs, () => due.resolve(null))
    try {
      while (!isFull(size, batch.lines.length)) {
        // What is due comes first: a stream that never pauses must not be gathered for ever.
        const more = await Promise.race([due.promise, next])
        if (!more || more.done || more.value.type === 'mark') break
        const added = sizeOf(more.value)
        if (isFull(size + added - 1, batch.lines.length + more.value.lines.length - 1)) break
        next = iterator.next()
        batch = { type: 'lines', lines: [...batch.lines, ...more.value.lines], cursor: more.value.cursor }
        size += added
      }
    } finally {
      cancel()
    }
    yield batch
  }
}
