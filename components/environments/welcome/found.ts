import type { WireError } from '#lib/errors/index.ts'
import type { Environment, Flag } from '#lib/model/environment.ts'
import type { ProbeAnswer } from '../form/test-result.tsx'

/** What was found on this machine or in a file: an engine that answers, or a place where one should. */
export interface Found {
  /** Tells it from the others. */
  key: string
  engine: string
  title: string
  settings: Record<string, unknown>
  /** Of a file that somebody gave. */
  secrets?: Record<string, string>
  address: string
  name: string
  flag: Flag
  probe: ProbeAnswer | null
  error: Pick<WireError, 'code' | 'message' | 'reason'> | null
  connectedAs: { id: string; name: string } | null
}

export type Stage = Environment['stage']

/** What somebody chose for one of them. */
export interface Choice {
  ticked: boolean
  name: string
  stage: Stage
  flag: Flag
}

/** Everything that answers and is not connected yet is ticked to begin with. */
export const firstChoice = (found: Found): Choice => ({
  ticked: found.probe !== null && found.connectedAs === null,
  name: found.name,
  stage: 'dev',
  flag: found.flag,
})

/** Why these cannot be connected as they are: a key under `welcome`. Pure. */
export function obstacleOf(chosen: readonly Choice[]): 'nothingTicked' | 'nameMissing' | 'nameTwice' | null {
  if (chosen.length === 0) return 'nothingTicked'
  const names = chosen.map(({ name }) => name.trim().toLowerCase())
  if (names.includes('')) return 'nameMissing'
  return new Set(names).size < names.length ? 'nameTwice' : null
}

/** Two engines of one machine propose the same name: the later ones get a number. Pure. */
export function withOwnNames(found: readonly Found[]): Found[] {
  const taken = new Set<string>()
  return found.map((one) => {
    let name = one.name
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${one.name}-${number}`
    if (one.probe) taken.add(name.toLowerCase())
    return { ...one, name }
  })
}
