import { expect, test } from 'vitest'
import { FakeClock } from './fake-clock.ts'
import { BackoffGate } from './backoff.ts'

/** Starts waiting and says when it was over. */
function wait(gate: BackoffGate, clock: FakeClock, signal = new AbortController().signal) {
  const waiting = { doneAt: null as number | null }
  void gate.wait(signal).then(() => (waiting.doneAt = clock.now()))
  return waiting
}

test('waits double up to 30 s', async () => {
  const clock = new FakeClock()
  const gate = new BackoffGate(clock, () => 0)
  const waits: number[] = []
  for (let failure = 0; failure < 8; failure++) {
    const since = clock.now()
    const waiting = wait(gate, clock)
    await clock.advance(40_000)
    waits.push(waiting.doneAt! - since)
  }
  expect(waits).toEqual([800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000])
})

test('what fails together waits together, once', async () => {
  const clock = new FakeClock()
  const gate = new BackoffGate(clock, () => 0)
  const together = [wait(gate, clock), wait(gate, clock), wait(gate, clock)]
  await clock.advance(800)
  expect(together.map(({ doneAt }) => doneAt)).toEqual([800, 800, 800])
  const next = wait(gate, clock)
  await clock.advance(1_600)
  expect(next.doneAt).toBe(2_400)
})

test('jitter shortens a wait by at most a quarter', async () => {
  const clock = new FakeClock()
  const waiting = wait(new BackoffGate(clock, () => 1), clock)
  await clock.advance(1_000)
  expect(waiting.doneAt).toBe(600)
})

test('after a reset the next wait is a first one', async () => {
  const clock = new FakeClock()
  const gate = new BackoffGate(clock, () => 0)
  for (let failure = 0; failure < 5; failure++) {
    wait(gate, clock)
    await clock.advance(40_000)
  }
  gate.reset()
  const since = clock.now()
  const waiting = wait(gate, clock)
  await clock.advance(40_000)
  expect(waiting.doneAt! - since).toBe(800)
})

test('asking for it now ends a long wait, but leaves the first pause', async () => {
  const clock = new FakeClock()
  const gate = new BackoffGate(clock, () => 0)
  for (let failure = 0; failure < 6; failure++) {
    wait(gate, clock)
    await clock.advance(40_000)
  }
  const long = wait(gate, clock)
  const since = clock.now()
  await clock.advance(5_000)
  gate.retryNow()
  await clock.advance(0)
  expect(long.doneAt! - since).toBe(5_000)
  const again = wait(gate, clock)
  gate.retryNow()
  await clock.advance(800)
  expect(again.doneAt! - since).toBe(5_800)
})

test('the signal ends a wait', async () => {
  const clock = new FakeClock()
  const stopping = new AbortController()
  const waiting = wait(new BackoffGate(clock, () => 0), clock, stopping.signal)
  stopping.abort()
  await clock.advance(0)
  expect([waiting.doneAt, clock.waiting]).toEqual([0, 0])
})
