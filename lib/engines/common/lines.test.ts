import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { splitLines } from './lines.ts'

describe('lines', () => {
  const collect = async (chunks: string[], longest = 100) => {
    const lines = []
    for await (const line of splitLines(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), longest)) lines.push(line)
    return lines
  }
  it('are split wherever the bytes were cut', async () => expect(await collect(['a', 'b\nc\n\n', 'd\ne'])).toEqual(['ab', 'c', 'd']))
  it('without an end are refused', () => expect(collect(['x'.repeat(101)])).rejects.toMatchObject({ code: 'engine_failed' }))
})
