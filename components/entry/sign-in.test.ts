import { describe, expect, it } from 'vitest'
import { outcomeOf } from './sign-in.ts'

describe('outcomeOf', () => {
  it.each([
    [null, { is: 'in' }],
    ['unauthenticated', { is: 'wrong' }],
    ['rate_limited:42', { is: 'waiting', seconds: 42 }],
    ['unavailable:2', { is: 'unavailable' }],
    ['Callback', { is: 'unavailable' }],
  ])('%s', (error, outcome) => expect(outcomeOf(error)).toEqual(outcome))
})
