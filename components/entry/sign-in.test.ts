import { describe, expect, it } from 'vitest'
import { outcomeOf, safePath } from './sign-in.ts'

describe('safePath', () => {
  it.each([
    ['/environments/1/containers?q=web', '/environments/1/containers?q=web'],
    ['/', '/'],
    [null, '/'],
    ['', '/'],
    ['https://evil.example/', '/'],
    ['//evil.example/', '/'],
    ['/\\evil.example/', '/'],
    ['javascript:alert(1)', '/'],
    ['environments', '/'],
    ['/sign-in?callbackUrl=/', '/'],
  ])('%s → %s', (wanted, path) => expect(safePath(wanted)).toBe(path))
})

describe('outcomeOf', () => {
  it.each([
    [null, { is: 'in' }],
    ['unauthenticated', { is: 'wrong' }],
    ['rate_limited:42', { is: 'waiting', seconds: 42 }],
    ['unavailable:2', { is: 'unavailable' }],
    ['Callback', { is: 'unavailable' }],
  ])('%s', (error, outcome) => expect(outcomeOf(error)).toEqual(outcome))
})
