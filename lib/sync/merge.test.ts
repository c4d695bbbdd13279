import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Batch, Observed } from '../engines/engine.ts'
import { mergeBatches } from './merge.ts'

const observed = (key: string, version: string) => ({ summary: { key, version }, document: {} }) as unknown as Observed
const batch = fc
  .record({
    keys: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(5)),
    deletes: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e')),
    complete: fc.boolean(),
    earlier: fc.option(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'))),
  })
  .chain(({ keys, deletes, complete, earlier }) =>
    fc.option(fc.string()).map((cursor): Batch => ({
      kind: 'k',
      upserts: Object.entries(keys).map(([key, version]) => observed(key, String(version))),
      deletes: complete ? [] : deletes.filter((key) => !(key in keys)),
      complete,
      ...(complete && earlier && { earlier }),
      cursor,
    })),
  )

/** What an inventory does with a batch. */
function write(known: Map<string, string>, { upserts, deletes, complete, earlier }: Batch): Map<string, string> {
  const next = complete ? new Map([...known].filter(([key]) => earlier?.includes(key))) : new Map(known)
  for (const key of deletes) next.delete(key)
  for (const { summary } of upserts) next.set(summary.key, summary.version)
  return next
}

test('merged batches lead to the same inventory as one after the other', () => {
  const before = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.constant('0'))
  fc.assert(
    fc.property(before, fc.array(batch, { minLength: 1, maxLength: 6 }), (known, batches) => {
      const start = new Map(Object.entries(known))
      const oneByOne = batches.reduce(write, start)
      const merged = write(start, batches.reduce(mergeBatches))
      expect(Object.fromEntries(merged)).toEqual(Object.fromEntries(oneByOne))
    }),
  )
})

test('the last cursor that there is holds', () => {
  const of = (cursor: string | null): Batch => ({ kind: 'k', upserts: [], deletes: [], complete: false, cursor })
  expect(mergeBatches(of('1'), of(null)).cursor).toBe('1')
  expect(mergeBatches(of('1'), of('2')).cursor).toBe('2')
})
