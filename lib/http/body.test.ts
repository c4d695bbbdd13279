import { describe, expect, it } from 'vitest'
import { readJson } from './body.ts'

const limits = { maxBytes: 1000, maxDepth: 4 }

function requestOf(
  chunks: string[],
  headers: Record<string, string> = { 'content-type': 'application/json' },
  onPull?: () => void,
): Request {
  const left = chunks.map((chunk) => new TextEncoder().encode(chunk))
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        onPull?.()
        const next = left.shift()
        if (next) controller.enqueue(next)
        else controller.close()
      },
    },
    { highWaterMark: 0 },
  )
  const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit
  return new Request('http://localhost/', init)
}
const codeOf = (code: string) => expect.objectContaining({ code })

describe('a JSON body', () => {
  it('is read across chunks', async () => {
    expect(await readJson(requestOf(['{"a":"', 'é{[', '"}']), limits)).toEqual({ a: 'é{[' })
  })

  it('may be absent', async () => {
    expect(await readJson(new Request('http://localhost/', { method: 'POST' }), limits)).toEqual({})
  })

  it('is refused by size while it comes in, without reading the rest', async () => {
    let pulls = 0
    const endless = requestOf(
      Array.from({ length: 1000 }, () => 'x'.repeat(300)),
      undefined,
      () => pulls++,
    )
    await expect(readJson(endless, limits)).rejects.toEqual(codeOf('too_large'))
    expect(pulls).toBeLessThan(10)
  })

  it('is refused by its announced size without reading anything', async () => {
    let pulls = 0
    const announced = requestOf(['{}'], { 'content-type': 'application/json', 'content-length': '1001' }, () => pulls++)
    await expect(readJson(announced, limits)).rejects.toEqual(codeOf('too_large'))
    expect(pulls).toBe(0)
  })

  it('is refused by depth, and brackets within strings do not count', async () => {
    await expect(readJson(requestOf(['{"a":[[[[1]]]]}']), limits)).rejects.toEqual(codeOf('too_large'))
    expect(await readJson(requestOf(['{"a":[[[1]]]}']), limits)).toEqual({ a: [[[1]]] })
    expect(await readJson(requestOf([String.raw`{"a":"[[[[[[\"[[[["}`]), limits)).toEqual({ a: '[[[[[["[[[[' })
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/jsonx', ''])(
    'is refused as %j',
    async (type) => {
      await expect(readJson(requestOf(['{}'], { 'content-type': type }), limits)).rejects.toEqual(codeOf('unsupported_type'))
    },
  )

  it.each(['{', '[]', '1', 'null', '"x"', '{"a":1}}'])('is refused when it is %s', async (text) => {
    await expect(readJson(requestOf([text]), limits)).rejects.toEqual(codeOf('invalid_input'))
  })
})
