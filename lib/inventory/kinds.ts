import { kindOf as kindOfEngines, kindsIn as kindsOfEngines } from '../engines/index.ts'
import type { Kind } from '../engines/engine.ts'
import type { Category } from '../model/kind.ts'
import { once } from '../once.ts'

const added = () => once('inventory.kinds', () => new Map<string, Kind>())

/** Kinds that no engine serves: the benchmark and the tests bring their own. */
export function addKinds(kinds: readonly Kind[]): void {
  for (const kind of kinds) added().set(kind.name, kind)
}

/** By its full name. Throws not_found. */
export const kindOf = (name: string): Kind => added().get(name) ?? kindOfEngines(name)

export const kindsIn = (category: Category): Kind[] => [
  ...kindsOfEngines(category),
  ...[...added().values()].filter((kind) => kind.category === category),
]
