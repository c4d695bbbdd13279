import type { Health } from '#lib/model/health.ts'
import type { Reason } from '#lib/model/reason.ts'
import type { Fact, Row } from '#lib/model/resource.ts'

/** A container of a row that has several of them, as engines write it into the fact `containerStates`. */
export interface ContainerState {
  name: string
  /** `main`, `init`, `sidecar`, `ephemeral`. */
  role: string
  image: string
  health: Health
  state: 'running' | 'waiting' | 'ended'
  /** The engine's own word for why it waits or has ended. */
  why: string | null
  since: string | null
  restarts: number
  /** How it ended the last time; null before it ever did. */
  exitCode: number | null
  exitReason: string | null
  exitedAt: string | null
}

export const containersOf = ({ facts: { containerStates } }: Row): ContainerState[] =>
  Array.isArray(containerStates)
    ? containerStates.filter((one) => typeof one === 'object').map((one) => one as unknown as ContainerState)
    : []

const recordsOf = (fact: Fact | undefined) => (Array.isArray(fact) ? fact.filter((one) => typeof one === 'object') : [])

/** What a row says in sentences, as engines write them into the fact `sentences`: a code, and its parameters beside it. */
export const sentencesOf = ({ facts: { sentences } }: Pick<Row, 'facts'>): Reason[] =>
  recordsOf(sentences).flatMap(({ code, ...given }) => {
    const params = Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value === null ? [] : [[name, value]])))
    return typeof code === 'string' ? [{ code, params }] : []
  })

/** Of a row that holds values: its keys and how large each value is, from the fact `entries`. */
export const entriesOf = ({ facts: { entries } }: Pick<Row, 'facts'>): { key: string; bytes: number }[] =>
  recordsOf(entries).flatMap(({ key, bytes }) => (typeof key === 'string' && typeof bytes === 'number' ? [{ key, bytes }] : []))
