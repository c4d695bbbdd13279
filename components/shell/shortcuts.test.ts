import { expect, it } from 'vitest'
import { meaningOf, type Shortcut } from './shortcuts.ts'

const shortcut = (keys: string): Shortcut => ({ keys, run: () => undefined })
const [home, slash, help] = [shortcut('g h'), shortcut('/'), shortcut('?')]
const all = [home, slash, help]

it('runs a single key', () => expect(meaningOf(all, null, { key: '/', at: 0 })).toBe(slash))
it('waits for the second key', () => expect(meaningOf(all, null, { key: 'g', at: 0 })).toBe('half'))
it('runs a pair', () => expect(meaningOf(all, { key: 'g', at: 0 }, { key: 'h', at: 900 })).toBe(home))
it('forgets the first key after a second', () => expect(meaningOf(all, { key: 'g', at: 0 }, { key: 'h', at: 1000 })).toBeNull())
it('knows nothing of other keys', () => expect(meaningOf(all, { key: 'g', at: 0 }, { key: 'z', at: 1 })).toBeNull())
it('leaves alone what is only listed', () =>
  expect(meaningOf([{ keys: 'Enter', label: 'open' }], null, { key: 'Enter', at: 0 })).toBeNull())
it('takes the second key of a broken pair for itself', () => expect(meaningOf(all, { key: 'g', at: 0 }, { key: '/', at: 1 })).toBe(slash))
