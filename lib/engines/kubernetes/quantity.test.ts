import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberOf, sumOf } from './quantity.ts'

describe('a quantity', () => {
  it.each([
    ['100m', 0.1],
    ['2', 2],
    ['0.5', 0.5],
    ['.5', 0.5],
    ['1.', 1],
    ['64Mi', 64 * 2 ** 20],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['1k', 1000],
    ['1e3', 1000],
    ['1E3', 1000],
    ['1E', 1e18],
    ['12e-1', 1.2],
    ['250000n', 0.00025],
    ['-1', -1],
    [3, 3],
  ])('%s is %d', (quantity, value) => expect(numberOf(quantity)).toBe(value))

  it.each(['', ' 1', '1 Gi', 'Mi', '1K', '1ki', '0x10', '1e', '1e9999', 'NaN', 'Infinity', null, undefined, {}, [['1']], true])(
    '%j is none',
    (quantity) => expect(numberOf(quantity)).toBeNull(),
  )

  it('is never anything but a finite number or nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.anything(), fc.stringMatching(/^[+-]?[0-9]*\.?[0-9]*[numkMGTPEei0-9+-]{0,3}$/)), (anything) => {
        const value = numberOf(anything)
        return value === null || Number.isFinite(value)
      }),
    )
  })

  it('says the same in thousandths as in whole ones, and in bytes as in mebibytes', () => {
    fc.assert(fc.property(fc.nat(), (thousandths) => numberOf(`${thousandths}m`) === thousandths / 1000))
    fc.assert(fc.property(fc.nat({ max: 1e6 }), (mebibytes) => numberOf(`${mebibytes}Mi`) === numberOf(String(mebibytes * 2 ** 20))))
  })

  it('adds up as people do', () => expect(sumOf([0.1, 0.2])).toBe(0.3))
})
