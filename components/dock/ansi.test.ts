import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainText, segmentsOf } from './ansi.ts'

const esc = '\u001b'

describe('ANSI in log lines', () => {
  it('leaves a plain line alone', () => expect(segmentsOf('GET / 200')).toEqual([{ text: 'GET / 200', look: '' }]))
  it('takes colours in the tokens of the design', () =>
    expect(segmentsOf(`${esc}[1;31merror${esc}[0m disk ${esc}[33mfull${esc}[39m!`)).toEqual([
      { text: 'error', look: 'text-fail font-semibold' },
      { text: ' disk ', look: '' },
      { text: 'full', look: 'text-warn' },
      { text: '!', look: '' },
    ]))
  it.each([
    ['38;5;9', 'text-fail'],
    ['38;5;46', 'text-ok'],
    ['38;2;255;180;0', 'text-warn'],
    ['38;5;240', 'text-ink-2'],
    ['90', 'text-ink-3'],
    ['41', 'bg-fail-wash'],
    ['2', 'text-ink-3'],
  ])('reads %s', (code, look) => expect(segmentsOf(`${esc}[${code}mx`)).toEqual([{ text: 'x', look }]))
  it('drops what moves the cursor, titles, links and bells', () =>
    expect(plainText(`${esc}[2J${esc}]0;title\u0007${esc}]8;;https://x.test${esc}\\link${esc}]8;;${esc}\\\u0007 done${esc}[?25l\r`)).toBe(
      'link done',
    ))
  it('never lets a control character through, whatever comes', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(esc, '[', ']', ';', '3', '8', '5', 'm', '\u0007', '\\', 'a', '<', '?', 'K')), (parts) => {
        const text = segmentsOf(parts.join(''))
          .map((s) => s.text)
          .join('')
        // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
        return !/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text) && text === plainText(parts.join(''))
      }),
    ))
})
