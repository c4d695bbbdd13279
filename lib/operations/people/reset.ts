import { z } from 'zod'
import { recordActivity } from '../../access/index.ts'
import { resetPerson } from '../../access/people.ts'
import { readPerson } from '../../access/read-people.ts'
import { operation } from '../operation.ts'
import { PersonId, PersonWithLink } from './schemas.ts'
import { tellLink } from '../../access/links.ts'

export const resetPersonOperation = operation({
  name: 'people.reset',
  summary: 'Makes a one-time link for a new password, told this once. Its use ends their sessions and the old password, not its making',
  requires: 'administrator',
  input: z.object({ id: PersonId }),
  output: PersonWithLink,
  changes: true,
  sessionOnly: true,
  async run({ actor, now, requestId }, { id }) {
    const { name } = await readPerson(id, now())
    const link = await recordActivity(actor, { verb: 'person.reset', name, requestId }, () => resetPerson(actor, id, now()))
    return { person: await readPerson(id, now()), link: tellLink(link) }
  },
})
