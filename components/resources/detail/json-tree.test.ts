import { describe, expect, it } from 'vitest'
import { foundLines, initiallyClosed, linesOf, openLines } from './json-tree.ts'

const document = { Name: '/web', State: { Status: 'running', Health: null }, Mounts: [{ Source: '/data', 'a/b': true }] }
const lines = linesOf(document)

describe('a document as lines', () => {
  it('keeps the order and names every place', () =>
    expect(lines.map((l) => [l.path, l.value])).toEqual([
      ['/Name', '/web'],
      ['/State', null],
      ['/State/Status', 'running'],
      ['/State/Health', 'null'],
      ['/Mounts', null],
      ['/Mounts/0', null],
      ['/Mounts/0/Source', '/data'],
      ['/Mounts/0/a~1b', 'true'],
    ]))
  it('hides what is in a closed branch and nothing else', () => {
    expect(openLines(lines, new Set(['/State'])).map((l) => l.path)).not.toContain('/State/Status')
    expect(openLines(lines, new Set(['/State', '/Mounts'])).map((l) => l.path)).toEqual(['/Name', '/State', '/Mounts'])
    expect(openLines(lines, initiallyClosed(lines)).map((l) => l.path)).toEqual([
      '/Name',
      '/State',
      '/State/Status',
      '/State/Health',
      '/Mounts',
      '/Mounts/0',
    ])
  })
  it('finds names and values and shows the way there', () => {
    expect(foundLines(lines, 'DATA')).toMatchObject({
      count: 1,
      lines: [{ path: '/Mounts' }, { path: '/Mounts/0' }, { path: '/Mounts/0/Source' }],
    })
    expect(foundLines(lines, 'nowhere')).toEqual({ count: 0, lines: [] })
  })
})
