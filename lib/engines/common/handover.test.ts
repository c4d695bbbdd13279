import { expect, it } from 'vitest'
import { Handover } from './handover.ts'

it('who writes faster than is read waits for room', async () => {
  const handover = new Handover<number>(2)
  await handover.put(1)
  let third = false
  const waiting = handover.put(2).then(() => (third = true))
  await Promise.resolve()
  expect(third).toBe(false)
  expect(await handover.take()).toBe(1)
  await waiting
  expect(third).toBe(true)
})

it('tells what was put before a failure, then the failure, to both sides', async () => {
  const handover = new Handover<number>(1)
  const stuck = handover.put(1)
  handover.fail(new Error('cut'))
  await expect(stuck).rejects.toThrow('cut')
  expect(await handover.take()).toBe(1)
  await expect(handover.take()).rejects.toThrow('cut')
})
