import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { longestLine } from '../common/log-text.ts'
import { LogDemultiplexer } from './demultiplex.ts'

const at = '2026-01-01T12:00:00.000000001Z'
function frame(type: 1 | 2, text: string | Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(`${at} `), Buffer.from(text)])
  const head = Buffer.alloc(8)
  head[0] = type
  head.writeUInt32BE(body.length, 4)
  return Buffer.concat([head, body])
}

describe('the bytes of a log', () => {
  it('become lines, however they are cut on their way', () => {
    const long = `é${'x'.repeat(20_000)}`
    const pieces = [
      frame(1, 'one\n'),
      frame(2, 'oops\n'),
      frame(1, long.slice(0, 10_000)),
      frame(2, 'between\n'),
      frame(1, `${long.slice(10_000)}\n`),
      frame(1, 'no end'),
    ]
    const bytes = Buffer.concat(pieces)
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 20 }), (cuts) => {
        const demultiplexer = new LogDemultiplexer({ terminal: false })
        const edges = [0, ...cuts.toSorted((a, b) => a - b), bytes.length]
        const lines = edges.slice(1).flatMap((edge, index) => demultiplexer.push(bytes.subarray(edges[index], edge)))
        expect([...lines, ...demultiplexer.end()].map(({ stream, text }) => [stream, text])).toEqual([
          ['stdout', 'one'],
          ['stderr', 'oops'],
          ['stderr', 'between'],
          ['stdout', long],
          ['stdout', 'no end'],
        ])
      }),
    )
  })

  it('are kept only as far as they are shown', () => {
    const demultiplexer = new LogDemultiplexer({ terminal: false })
    for (let i = 0; i < 10; i++) demultiplexer.push(frame(1, 'x'.repeat(16_384)))
    const [line] = demultiplexer.push(frame(1, '\n'))
    expect(line).toMatchObject({ at, cutFrom: 163_840 })
    expect(line!.text.length).toBeLessThanOrEqual(longestLine + 1)
  })

  it('of a terminal have no frames', () => {
    const demultiplexer = new LogDemultiplexer({ terminal: true })
    expect(demultiplexer.push(Buffer.from(`${at} a\0b\r\n2026-01-01T12:00:01.5Z c\n`))).toEqual([
      { at, stream: 'stdout', text: 'ab' },
      { at: '2026-01-01T12:00:01.500000000Z', stream: 'stdout', text: 'c' },
    ])
  })

  it('that are no log are refused', () => {
    expect(() => new LogDemultiplexer({ terminal: false }).push(Buffer.from('<html>not a log</html>'))).toThrow(
      expect.objectContaining({ code: 'engine_failed' }),
    )
  })
})
