import { describe, expect, it } from 'vitest'
import { Mailbox } from './mailbox.ts'

describe('a mailbox', () => {
  it('hands over in bundles, tells of an overflow, and fails last', async () => {
    const box = new Mailbox<number>(2)
    for (const item of [1, 2, 3]) box.put(item)
    box.fail(new Error('broken'))
    expect(await box.take(1000)).toEqual({ items: [3], overflowed: true })
    await expect(box.take(1000)).rejects.toThrow('broken')
  })
  it('wakes who waits', async () => {
    const box = new Mailbox<number>(2)
    const taken = box.take(10_000)
    box.put(7)
    expect(await taken).toEqual({ items: [7], overflowed: false })
  })
})
