import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Calm } from './calm.ts'

const esc = '\u001b'
const calm = (...chunks: string[]) => {
  const one = new Calm()
  return chunks.map((chunk) => one.take(chunk)).join('')
}

it('leaves what draws alone', () => {
  const drawing = `plain ${esc}[1;31mred${esc}[0m ${esc}[2J${esc}[3;4H${esc}(B${esc}7${esc}8 é 漢字 e\u0301 👩‍👩‍👧 \r\n\t`
  expect(calm(drawing)).toBe(drawing)
})

it.each([
  ['the clipboard', `${esc}]52;c;cm0gLXJmIC8=\u0007`],
  ['a title', `${esc}]0;rm -rf /${esc}\\`],
  ['a question for colours', `${esc}]11;?\u0007`],
  ['a link', `${esc}]8;;javascript:alert(1)${esc}\\`],
  ['the working directory', `${esc}]7;file://evil/tmp${esc}\\`],
  ['DECRQSS', `${esc}P$q"p${esc}\\`],
  ['XTGETTCAP', `${esc}P+q544e${esc}\\`],
  ['APC, PM and SOS', `${esc}_x${esc}\\${esc}^y${esc}\\${esc}Xz${esc}\\`],
  ['the same as one character', '\u009d52;c;eA==\u009c\u0090$qm\u009c'],
  ['the enquiry', '\u0005'],
])('takes %s out, wherever it is cut', (_, sequence) => {
  const text = `a${sequence}b`
  // What is left of a string's end is an end of nothing.
  const bare = (got: string) => got.replaceAll(`${esc}\\`, '')
  for (let at = 0; at <= text.length; at++) expect(bare(calm(text.slice(0, at), text.slice(at)))).toBe('ab')
})

it('never lets a string begin, whatever comes', () =>
  fc.assert(
    fc.property(fc.array(fc.constantFrom(esc, ']', 'P', '5', '2', ';', '\u0007', '\\', '\u009d', 'a', '[', '\u0018')), (parts) => {
      // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
      expect(calm(...parts)).not.toMatch(/\u001b[PX\]^_]|[\u0005\u0090\u0098\u009d-\u009f]/)
    }),
  ))

it('gives a letter no more marks than a few', () => {
  const marks = '\u0301'.repeat(10_000)
  expect(calm('e', ...marks, 'x')).toBe(`e${'\u0301'.repeat(8)}x`)
})
