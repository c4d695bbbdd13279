import { describe, expect, it } from 'vitest'
import { csvColumns, csvField, csvLine } from './csv.ts'

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
})
