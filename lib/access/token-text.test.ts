import { describe, expect, it } from 'vitest'
import { bearerIn, makeTokenText, readTokenText } from './token-text.ts'

describe('a token', () => {
  it('is found by its public id and fits its own hash alone', () => {
    const { text, publicId, hash } = makeTokenText()
    const other = makeTokenText()
    expect(readTokenText(text)?.publicId).toBe(publicId)
    expect(readTokenText(text)?.fits(hash)).toBe(true)
    expect(readTokenText(text)?.fits(other.hash)).toBe(false)
    expect(readTokenText(`ptl_${publicId}_${other.text.slice(-43)}`)?.fits(hash)).toBe(false)
    expect(text).not.toContain(hash)
  })

  it.each([
    '',
    'ptl_',
    'ptl_0123456789abcdef',
    `ptl_0123456789abcdef_${'a'.repeat(42)}`,
    `x${makeTokenText().text}`,
    `${makeTokenText().text}a`,
  ])('is not %j', (text) => expect(readTokenText(text)).toBeNull())
})

it.each([
  ['Bearer ptl_x', 'ptl_x'],
  ['bearer  ptl_x', 'ptl_x'],
  ['Bearer eyJhbGciOi.of.a-proxy', null],
  ['Basic ptl_x', null],
  ['', null],
])('of %j the token is %j', (authorization, token) => {
  expect(bearerIn(new Headers({ authorization }))).toBe(token)
})
