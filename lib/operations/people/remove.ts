import { z } from 'zod'
import { recordActivity } from '../../access/index.ts'
import { removePerson } from '../../access/people.ts'
import { readPerson } from '../../access/read-people.ts'
import { operation } from '../operation.ts'
import { PersonId } from './schemas.ts'

export const removePersonOperation = operation({
  name: 'people.remove',
  summary: 'Forgets an account, its roles and its sessions; what its person did keeps their name',
  requires: 'administrator',
  input: z.object({ id: PersonId }),
  output: z.undefined(),
  changes: true,
  async run({ actor, now, requestId }, { id }) {
    const { name, login } = await readPerson(id, now())
    await recordActivity(actor, { verb: 'person.remove', name, input: { login }, requestId }, () => removePerson(actor, id))
    return undefined
  },
})
