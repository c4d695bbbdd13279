import type { RulerPlaces } from '#lib/model/inventory.ts'

/** As near as this to a mark, in px, the mark is meant and not the track. */
const reach = 5

/** Where on a track of 0 to 1 a row of the list stands. */
export const shareOf = (index: number, total: number): number => (total > 0 ? Math.min(1, Math.max(0, index / total)) : 0)

/**
 * What is pointed at on a track of `height` px, `y` px from its top: a row with a mark when one is near, and the nearest
 * of them; else the row at that share of the list.
 */
export function rowAt(y: number, height: number, places: Pick<RulerPlaces, 'marks' | 'total'>): { index: number; marked: boolean } {
  const near = places.marks
    .map(({ at, rows }) => {
      const [top, bottom] = [shareOf(at, places.total) * height, shareOf(at + rows - 1, places.total) * height]
      return { at, rows, top, away: Math.max(top - y, y - bottom, 0) }
    })
    .filter(({ away, rows }) => away <= reach && rows > 0)
    .toSorted((a, b) => a.away - b.away)[0]
  const there = Math.min(places.total - 1, Math.max(0, Math.floor((y / height) * places.total)))
  if (!near) return { index: there, marked: false }
  return { index: Math.min(near.at + near.rows - 1, Math.max(near.at, there)), marked: true }
}
