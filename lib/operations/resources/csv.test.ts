import { describe, expect, it } from 'vitest'
import type { Row } from '../../model/resource.ts'
import { csvColumns, csvField, csvLine, valueOf } from './csv.ts'

describe('CSV', () => {
  it('quotes what RFC 4180 says', () => {
    expect(csvLine(['plain', 'a,b', 'say "hi"', 'two\r\nlines', null, undefined, true])).toBe(
      'plain,"a,b","say ""hi""","two\r\nlines",,,true\r\n',
    )
  })

  it.each(['=cmd()', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('does not let a spreadsheet run %j', (text) => {
    expect(csvField(text).replace(/^"/, '')[0]).toBe("'")
  })

  it('leaves numbers numbers', () => {
    expect(csvField(-5)).toBe('-5')
  })

  it('writes lists with spaces and parts as JSON', () => {
    expect(csvField(['a', 'b'])).toBe('a b')
    expect(csvField([{ port: 80 }])).toBe('"{""port"":80}"')
  })

  it('begins with which thing it is, and names no column twice', () => {
    const column = { type: 'text', sortable: true, facet: false, hidden: false } as const
    expect(
      csvColumns([
        { name: 'name', ...column },
        { name: 'key', ...column },
      ]),
    ).toEqual(['environment', 'kind', 'key', 'name'])
  })

  it('says in the reader’s words what the screen says, with the engine’s own behind them', () => {
    const row = {
      state: { code: 'running' },
      reason: { code: 'socket-missing', params: { path: '/x' }, words: 'ENOENT' },
    } as unknown as Row
    expect([valueOf(row, 'state', 'here', 'en'), valueOf(row, 'state', 'here', 'fr')]).toEqual(['Running', 'En marche'])
    expect(valueOf(row, 'reason', 'here', 'en')).toBe('There is no socket at /x. Is Docker installed and running? ENOENT')
  })
})
