/** One line of a document as it is shown: a value, or the name of what can be opened. */
export interface TreeLine {
  /** JSON pointer, RFC 6901. */
  path: string
  name: string
  depth: number
  /** What is written for a leaf; null for a branch. */
  value: string | null
  type: 'string' | 'number' | 'boolean' | 'null' | 'object' | 'array'
  /** How many entries a branch has. */
  size: number
}

const typeOf = (value: unknown): TreeLine['type'] =>
  value === null || value === undefined ? 'null' : Array.isArray(value) ? 'array' : (typeof value as TreeLine['type'])

/** All lines of a document, depth first, in its own order. */
export function linesOf(document: unknown, path = '', depth = 0): TreeLine[] {
  if (typeof document !== 'object' || document === null) return []
  return Object.entries(document).flatMap(([name, value]) => {
    const type = typeOf(value)
    const branch = type === 'object' || type === 'array'
    const here = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const size = branch ? Object.keys(value as object).length : 0
    const line: TreeLine = {
      path: here,
      name,
      depth,
      value: branch ? null : type === 'string' ? (value as string) : String(value ?? null),
      type,
      size,
    }
    return branch ? [line, ...linesOf(value, here, depth + 1)] : [line]
  })
}

const isWithin = (path: string, branch: string): boolean => path.startsWith(`${branch}/`)

/** Lines whose branches are all open. */
export function openLines(lines: readonly TreeLine[], closed: ReadonlySet<string>): TreeLine[] {
  let hidden: string | null = null
  return lines.filter((line) => {
    if (hidden !== null && isWithin(line.path, hidden)) return false
    hidden = closed.has(line.path) ? line.path : null
    return true
  })
}

/** Lines in which the text is found, in name or value, with the branches that lead there. */
export function foundLines(lines: readonly TreeLine[], text: string): { lines: TreeLine[]; count: number } {
  const wanted = text.toLowerCase()
  const hits = lines.filter((line) => line.name.toLowerCase().includes(wanted) || line.value?.toLowerCase().includes(wanted))
  const paths = new Set(hits.map((line) => line.path))
  for (const { path } of hits)
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) paths.add(path.slice(0, end))
  return { lines: lines.filter((line) => paths.has(line.path)), count: hits.length }
}

/** Branches below this depth begin closed, as do very long ones. */
export const initiallyClosed = (lines: readonly TreeLine[], depth = 1): Set<string> =>
  new Set(lines.filter((line) => line.value === null && (line.depth >= depth || line.size > 50)).map((line) => line.path))
