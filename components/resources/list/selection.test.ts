import { describe, expect, it } from 'vitest'
import { extend, isSelected, nothing, refresh, sizeOf, toggle, toggleAll } from './selection.ts'

const rows = ['a', 'b', 'c', 'd'].map((id) => ({ id, n: 1 }))
const [a, b, c, d] = rows as [(typeof rows)[0], (typeof rows)[0], (typeof rows)[0], (typeof rows)[0]]

describe('selection', () => {
  it('selects and lets go', () => {
    const one = toggle(nothing<typeof a>(), b, rows)
    expect(isSelected(one, 'b')).toBe(true)
    expect(sizeOf(toggle(one, b, rows))).toBe(0)
  })
  it('extends in either direction from the last row chosen', () => {
    const down = extend(toggle(nothing<typeof a>(), b, rows), d, rows)
    const up = extend(toggle(nothing<typeof a>(), d, rows), b, rows)
    for (const s of [down, up]) expect(rows.filter((r) => isSelected(s, r.id))).toEqual([b, c, d])
  })
  it('selects the one row when the beginning is out of sight', () => {
    const s = extend(toggle(nothing<typeof a>(), a, rows), c, [b, c, d])
    expect(sizeOf(s)).toBe(2)
  })
  it('takes all with its number and leaves it', () => {
    const all = toggleAll(nothing<typeof a>(), 1_046)
    expect(sizeOf(all)).toBe(1_046)
    expect(sizeOf(toggleAll(all, 1_046))).toBe(0)
    expect(sizeOf(toggle(all, a, rows))).toBe(3)
  })
  it('judges by the newest values and keeps itself when nothing is new', () => {
    const s = toggle(nothing<typeof a>(), a, rows)
    expect(refresh(s, rows)).toBe(s)
    const newer = refresh(s, [{ id: 'a', n: 2 }])
    expect(newer.mode === 'some' && newer.rows.get('a')?.n).toBe(2)
  })
})
