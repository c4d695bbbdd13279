/** Where an address of the console leads; `kind` is the short name in it. */
export type Place =
  | { at: 'home' | 'changes' | 'settings' | 'environments' | 'other' }
  | { at: 'inventory'; category: string }
  | { at: 'environment'; environment: string; kind: string | null; key: string | null }

export function placeOf(pathname: string): Place {
  const [first, second, third, fourth] = pathname.split('/').slice(1)
  if (!first) return { at: 'home' }
  if (first === 'inventory') return { at: 'inventory', category: second ?? 'instance' }
  if (first === 'environments' && second && second !== 'new')
    return {
      at: 'environment',
      environment: second,
      kind: third && third !== 'settings' ? third : null,
      key: fourth ? decode(fourth) : null,
    }
  if (first === 'changes' || first === 'settings' || first === 'environments') return { at: first }
  return { at: 'other' }
}

/** A name with a stray % in it is shown as it came. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** The kind's own part of its full name: `docker/containers` → `containers`. */
export const shortName = (kind: string): string => kind.slice(kind.indexOf('/') + 1)

export const environmentPath = (environment: string): string => `/environments/${environment}`
export const kindPath = (environment: string, kind: string): string => `/environments/${environment}/${shortName(kind)}`
export const resourcePath = (environment: string, kind: string, key: string): string =>
  `${kindPath(environment, kind)}/${encodeURIComponent(key)}`
