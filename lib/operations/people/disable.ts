import { z } from 'zod'
import { recordActivity, type Actor } from '../../access/index.ts'
import { disablePerson, enablePerson } from '../../access/people.ts'
import { readPerson } from '../../access/read-people.ts'
import { Person } from '../../model/person.ts'
import { operation } from '../operation.ts'
import { PersonId } from './schemas.ts'

const changeOf = (what: 'disable' | 'enable', summary: string, change: (actor: Actor, id: string, now: Date) => Promise<void>) =>
  operation({
    name: `people.${what}`,
    summary,
    requires: 'administrator',
    input: z.object({ id: PersonId }),
    output: Person,
    changes: true,
    async run({ actor, now, requestId }, { id }) {
      const { name } = await readPerson(id, now())
      await recordActivity(actor, { verb: `person.${what}`, name, requestId }, () => change(actor, id, now()))
      return readPerson(id, now())
    },
  })

export const disablePersonOperation = changeOf(
  'disable',
  'Ends all that a person has open and lets them sign in no more; their roles are kept',
  disablePerson,
)

export const enablePersonOperation = changeOf(
  'enable',
  'Lets a person sign in again, with the password and the roles they had',
  enablePerson,
)
