import type { Readable } from 'node:stream'
import { tooLarge } from './failures.ts'

/**
 * A stream of bytes as lines of text, without their ends. Never holds more than one line; one longer than `longestBytes`
 * throws engine_failed, as what follows it could not be trusted.
 */
export async function* splitLines(stream: Readable, longestBytes: number): AsyncGenerator<string> {
  let held: Buffer[] = []
  let heldBytes = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let from = 0
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...held, chunk.subarray(from, end)])
      held = []
      heldBytes = 0
      from = end + 1
      if (line.length > 0) yield line.toString('utf8')
    }
    if (from < chunk.length) {
      held.push(chunk.subarray(from))
      heldBytes += chunk.length - from
    }
    if (heldBytes > longestBytes) throw tooLarge(longestBytes)
  }
}
