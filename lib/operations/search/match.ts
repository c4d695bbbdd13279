import type { Matched } from '../../model/search.ts'
import type { Fact, Row } from '../../model/resource.ts'

/** The words somebody typed, lower case. */
export const wordsOf = (text: string): string[] => text.toLowerCase().split(/\s+/).filter(Boolean)

/** Where the words stand in a value, in order and without overlaps; null unless all of them do. */
export function rangesOf(value: string, words: readonly string[]): [number, number][] | null {
  const low = value.toLowerCase()
  const found: [number, number][] = []
  for (const word of words) {
    const start = low.indexOf(word)
    if (start < 0) return null
    found.push([start, start + word.length])
  }
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1])
  const ranges: [number, number][] = []
  for (const [start, end] of found) {
    const last = ranges.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else ranges.push([start, end])
  }
  return ranges
}

const flat = (fact: Fact): string[] => {
  if (fact === null || typeof fact === 'boolean') return []
  if (Array.isArray(fact))
    return fact.flatMap((item) =>
      typeof item === 'string'
        ? [item]
        : [
            Object.values(item)
              .filter((v) => v !== null)
              .join(' '),
          ],
    )
  return [String(fact)]
}

/** Every value a row can be found by, the telling ones first. */
function* valuesOf(row: Pick<Row, 'name' | 'key' | 'uid' | 'images' | 'labels' | 'facts'>): Generator<[field: string, value: string]> {
  yield ['name', row.name]
  for (const image of row.images) yield ['images', image]
  yield ['id', row.uid]
  if (row.key !== row.name && row.key !== row.uid) yield ['id', row.key]
  for (const [name, value] of Object.entries(row.labels)) yield ['labels', `${name}=${value}`]
  for (const [name, fact] of Object.entries(row.facts)) for (const value of flat(fact)) yield [name, value]
}

/** The first value of a row that holds all the words; null when they are spread over several. */
export function matchedPart(row: Parameters<typeof valuesOf>[0], text: string): Matched | null {
  const words = wordsOf(text)
  for (const [field, value] of valuesOf(row)) {
    const ranges = rangesOf(value, words)
    if (ranges?.length) return { field, text: value, ranges }
  }
  return null
}
