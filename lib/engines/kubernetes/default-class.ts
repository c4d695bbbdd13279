import type { Action } from '../engine.ts'
import { kubernetesAction } from './kind.ts'

const isDefault: Action['blockedBy'] = (row) => (row.facts['default'] === true ? 'already-default' : undefined)
const isNotDefault: Action['blockedBy'] = (row) => (row.facts['default'] === true ? undefined : 'not-default')

/** A class that is taken where none is named says so by an annotation. */
export const isDefaultClass = (annotations: Record<string, string> | null | undefined, annotation: string): boolean =>
  annotations?.[annotation] === 'true'

/** Makes a class the one that is taken where none is named, or takes that back. There may be several for a while: the newest counts. */
export const defaultClass = <T>(annotation: string) => {
  const say = (value: string, blockedBy: Action['blockedBy']) =>
    kubernetesAction<T>({
      role: 'operator',
      weight: 'undoable',
      blockedBy,
      call: () => ({ method: 'PATCH', body: { metadata: { annotations: { [annotation]: value } } } }),
    })
  return { 'make-default': say('true', isDefault), 'unmake-default': say('false', isNotDefault) }
}
