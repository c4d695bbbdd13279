import { z } from 'zod'
import { recordActivity } from '../../access/index.ts'
import { disablePerson, enablePerson } from '../../access/people.ts'
import { readPerson } from '../../access/read-people.ts'
import { Person } from '../../model/person.ts'
import { operation } from '../operation.ts'
import { PersonId } from './schemas.ts'

export const disablePersonOperation = operation({
  name: 'people.disable',
  summary: 'Ends all that a person has open and lets them sign in no more; their roles are kept',
  requires: 'administrator',
  input: z.object({ id: PersonId }),
  output: Person,
  changes: true,
  async run({ actor, now, requestId }, { id }) {
    const { name } = await readPerson(id, now())
    await recordActivity(actor, { verb: 'person.disable', name, requestId }, () => disablePerson(actor, id, now()))
    return readPerson(id, now())
  },
})

export const enablePersonOperation = operation({
  name: 'people.enable',
  summary: 'Lets a person sign in again, with the password and the roles they had',
  requires: 'administrator',
  input: z.object({ id: PersonId }),
  output: Person,
  changes: true,
  async run({ actor, now, requestId }, { id }) {
    const { name } = await readPerson(id, now())
    await recordActivity(actor, { verb: 'person.enable', name, requestId }, () => enablePerson(actor, id))
    return readPerson(id, now())
  },
})
