/** What a program holds when nothing is asked of it. Memory in bytes. */
export interface Held {
  memory: number
  /** Open descriptors; of PostgreSQL its processes, one for each connection. */
  open: number
}
/** By what is measured: `web`, `sync`, `postgres`. */
export type Sample = Record<string, Held>

/** More than this is a leak; fewer come and go with the connections of a pool to the database. */
export const mostOpen = 12
/** More memory than this is a leak: a share, and of what is small so many bytes. */
export const mostMemory = { share: 0.15, bytes: 20e6 }
/** What is measured while caches fill does not count: this share of all samples. */
const warmUp = 0.2

export interface Line {
  name: string
  /** Medians of the first and of the last third after the warm-up. */
  first: Held
  last: Held
  flat: boolean
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
const medianOf = (held: readonly Held[]): Held => ({
  memory: median(held.map(({ memory }) => memory)),
  open: median(held.map(({ open }) => open)),
})

/** Whether each process holds at the end what it held at the beginning. Needs at least four samples. */
export function judge(samples: readonly Sample[]): Line[] {
  const warm = samples.slice(Math.ceil(samples.length * warmUp))
  const third = Math.ceil(warm.length / 3)
  return Object.keys(samples[0] ?? {}).map((name) => {
    const held = warm.map((sample) => sample[name]!)
    const [first, last] = [medianOf(held.slice(0, third)), medianOf(held.slice(-third))]
    const allowed = Math.max(first.memory * mostMemory.share, mostMemory.bytes)
    const flat = last.memory - first.memory <= allowed && last.open - first.open <= mostOpen
    return { name, first, last, flat }
  })
}
