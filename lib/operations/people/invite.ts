import { z } from 'zod'
import { recordActivities } from '../../access/index.ts'
import { invitePerson } from '../../access/people.ts'
import { readPerson } from '../../access/read-people.ts'
import { Login, PersonName } from '../../model/person.ts'
import { operation } from '../operation.ts'
import { Bindings, PersonWithLink } from './schemas.ts'
import { bindingWishes } from '../../access/binding-wishes.ts'
import { tellLink } from '../../access/links.ts'

export const invitePersonOperation = operation({
  name: 'people.invite',
  summary: 'Makes an account and a one-time link with which its person chooses a password; the link is told this once',
  requires: 'administrator',
  input: z.object({ login: Login, name: PersonName, bindings: Bindings.default([]) }),
  output: PersonWithLink,
  changes: true,
  sessionOnly: true,
  async run({ actor, now, requestId }, invited) {
    const roles = await bindingWishes({ person: invited, given: invited.bindings, taken: [], requestId })
    const wishes = [{ verb: 'person.invite', name: invited.name, input: { login: invited.login }, requestId }, ...roles]
    const { id, link } = await recordActivities(actor, wishes, () => invitePerson(actor, invited, now()))
    return { person: await readPerson(id, now()), link: tellLink(link) }
  },
})
