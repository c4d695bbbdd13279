import { AppError } from '../../errors/index.ts'

const headerLength = 8
/** Docker cuts messages into pieces of 16 KiB; anything like this is another protocol. */
const longestFrame = 2 ** 20
const lineFeed = 0x0a
const returnAndFeed = Buffer.from('\r\n')

/** Output of a program without a terminal, as a terminal shows it: both streams as they come, each line from the left. */
export async function* unframe(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held = Buffer.alloc(0)
  for await (const chunk of chunks) {
    held = held.length > 0 ? Buffer.concat([held, chunk]) : Buffer.from(chunk)
    for (;;) {
      if (held.length < headerLength) break
      const length = held.readUInt32BE(4)
      if (length > longestFrame)
        throw new AppError('engine_failed', 'Docker sent a stream that is not its own.', { reason: { code: 'not-http' } })
      if (held.length < headerLength + length) break
      yield withReturns(held.subarray(headerLength, headerLength + length))
      held = held.subarray(headerLength + length)
    }
  }
}

function withReturns(bytes: Buffer): Buffer {
  const parts: Buffer[] = []
  let from = 0
  for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, from)) {
    parts.push(bytes.subarray(from, at), returnAndFeed)
    from = at + 1
  }
  return Buffer.concat([...parts, bytes.subarray(from)])
}
