import type { V1LabelSelector } from '@kubernetes/client-node'
import type { Fact } from '../../model/resource.ts'
import type { Verdict } from './kind.ts'

/** The verdict on what is neither well nor ill. */
export const exists = { health: 'healthy', state: { code: 'exists' } } as const satisfies Partial<Verdict>

/** The API server writes null for an empty list of some kinds, and leaves it out of others. */
export const listOf = <T>(list: readonly T[] | null | undefined): readonly T[] => list ?? []

/** The entries of a map that may be left out. */
export const entriesOf = <T>(map: Readonly<Record<string, T>> | null | undefined): [string, T][] => Object.entries(map ?? {})

/** Each of them once, without those that say nothing. */
export const distinct = (texts: readonly (string | null | undefined)[]): string[] => [
  ...new Set(texts.filter((text): text is string => typeof text === 'string' && text !== '')),
]

/** How many entries of a list a fact keeps: facts travel with every row. */
const mostListed = 100
export const bounded = <T extends Extract<Fact, readonly unknown[]>>(list: T): T => list.slice(0, mostListed) as T

/** Of what holds values: how many, how large, and the size of each by its key. */
export const sizesOf = (entries: { key: string; bytes: number }[]) => ({
  keys: entries.length,
  bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0),
  entries: bounded(entries),
})

/** Three bytes in four characters, less those that only fill up. */
export const decodedSize = (base64: string) => Math.floor((base64.length * 3) / 4) - (/=*$/.exec(base64.slice(-2))?.[0].length ?? 0)

/** A port as kubectl writes it: `80/TCP`. */
export const portText = (port: number | string, protocol: string | null | undefined): string => `${port}/${protocol ?? 'TCP'}`

/** A selector as kubectl writes it: `app=web,!canary,tier in (a,b)`; empty when it selects everything. */
export function selectorText(selector: V1LabelSelector | null | undefined): string {
  const labels = entriesOf(selector?.matchLabels).map(([key, value]) => ({ key, text: `${key}=${value}` }))
  const expressions = listOf(selector?.matchExpressions).map(({ key, operator, values }) => {
    if (operator === 'Exists') return { key, text: key }
    if (operator === 'DoesNotExist') return { key, text: `!${key}` }
    return { key, text: `${key} ${operator === 'NotIn' ? 'notin' : 'in'} (${listOf(values).toSorted().join(',')})` }
  })
  return [...labels, ...expressions]
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ text }) => text)
    .join(',')
}
