import { z } from 'zod'
import { AppError } from '../errors/index.ts'
import type { Category, KindDescription } from '../model/kind.ts'
import { docker } from './docker/index.ts'
import type { Engine, Kind } from './engine.ts'
import { kubernetes } from './kubernetes/index.ts'

/** Every engine that can be connected. To add one: its folder and its name here. */
export const engines: readonly Engine[] = [docker, kubernetes]

const kinds = new Map(engines.flatMap((engine) => engine.kinds.map((kind) => [kind.name, kind])))

/** By its short name: `docker`. Throws not_found. */
export function engineOf(name: string): Engine {
  const engine = engines.find((candidate) => candidate.name === name)
  if (!engine)
    throw new AppError('not_found', `No engine is called ${name}.`, { reason: { code: 'engine-unknown', params: { engine: name } } })
  return engine
}

/** By its full name: `docker/containers`. Throws not_found. */
export function kindOf(name: string): Kind {
  const kind = kinds.get(name)
  if (!kind) throw new AppError('not_found', `No kind is called ${name}.`, { reason: { code: 'kind-unknown', params: { kind: name } } })
  return kind
}

/** The kinds of all engines that are of one category. */
export const kindsIn = (category: Category): Kind[] => [...kinds.values()].filter((kind) => kind.category === category)

/** A kind as the browser gets it: data alone, each action's input as JSON Schema. */
export function describeKind(kind: Kind): KindDescription {
  return {
    name: kind.name,
    engine: kind.name.split('/')[0] ?? '',
    category: kind.category,
    section: kind.section ?? null,
    singular: kind.singular,
    plural: kind.plural,
    namespaced: kind.namespaced,
    icon: kind.icon,
    columns: [...kind.columns],
    actions: kind.actions.map(({ name, role, weight, input }) => ({
      name,
      role,
      weight,
      // Spread, because zod's own has hidden functions, which no page can hand to the browser.
      input: input && { ...z.toJSONSchema(input, { io: 'input' }) },
    })),
    tabs: [...kind.tabs],
    streams: [...kind.streams],
    keyFacts: [...kind.keyFacts],
  }
}
