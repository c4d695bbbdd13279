import { prisma } from '../database/index.ts'
import type { Binding } from '../model/role.ts'
import type { NewActivity } from './activities.ts'

type NamesOf = ReadonlyMap<string, string>

/** How the environments of these bindings are called, for the audit log, which outlives them. */
async function readNames(bindings: readonly Binding[]): Promise<NamesOf> {
  const ids = bindings.flatMap(({ environment }) => (environment === null ? [] : [Number(environment)]))
  const rows = await prisma().environment.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  return new Map(rows.map(({ id, name }) => [String(id), name]))
}

/** A role and where it holds, as the sentences of `activities.person` want it. */
const inWords = ({ role, environment, namespaces }: Binding, names: NamesOf) => ({
  role,
  place: environment === null ? 'fleet' : namespaces === null ? 'environment' : 'namespaces',
  environment: environment === null ? '' : (names.get(environment) ?? environment),
  namespaces: namespaces?.join(', ') ?? '',
})

interface Change {
  person: { name: string }
  given: readonly Binding[]
  taken: readonly Binding[]
  requestId: string
  why?: string
}

/** What is written down of roles that are given to and taken from a person: an activity each. */
export async function bindingWishes({ person, given, taken, requestId, why }: Change): Promise<NewActivity[]> {
  const names = await readNames([...given, ...taken])
  const wish = (verb: string) => (binding: Binding) => ({ verb, name: person.name, input: inWords(binding, names), why, requestId })
  return [...taken.map(wish('person.revoke')), ...given.map(wish('person.grant'))]
}
