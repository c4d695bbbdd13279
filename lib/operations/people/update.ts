import { z } from 'zod'
import { recordActivities } from '../../access/index.ts'
import { changePerson } from '../../access/people.ts'
import { readPerson } from '../../access/read-people.ts'
import { Login, Person, PersonName } from '../../model/person.ts'
import { sameBinding, type Binding } from '../../model/role.ts'
import { operation } from '../operation.ts'
import { Bindings, PersonId } from './schemas.ts'
import { bindingWishes } from '../../access/binding-wishes.ts'

const without = (bindings: readonly Binding[], others: readonly Binding[]): Binding[] =>
  bindings.filter((binding) => !others.some((other) => sameBinding(binding, other)))

export const updatePerson = operation({
  name: 'people.update',
  summary:
    'Renames a person, or changes what they hold: `bindings` is all of it, and refused when it was not `known` by then. They lose what they lost at once',
  requires: 'administrator',
  input: z.object({
    id: PersonId,
    name: PersonName.optional(),
    login: Login.optional(),
    bindings: Bindings.optional(),
    known: Bindings.optional(),
  }),
  output: Person,
  changes: true,
  async run({ actor, now, requestId }, { id, name, login, bindings, known: seen }) {
    const person = await readPerson(id, now())
    const known = seen ?? person.bindings
    const [given, taken] = bindings ? [without(bindings, known), without(known, bindings)] : [[], []]
    const renamed = (name ?? person.name) !== person.name || (login ?? person.login) !== person.login
    const rename = { verb: 'person.rename', name: person.name, input: { name, login }, requestId }
    const wishes = [...(renamed ? [rename] : []), ...(await bindingWishes({ person, given, taken, requestId }))]
    const change = { name, login, ...(bindings && { bindings: { given, taken, known } }) }
    if (wishes.length) await recordActivities(actor, wishes, () => changePerson(actor, id, change))
    return readPerson(id, now())
  },
})
