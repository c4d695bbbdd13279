import { z } from 'zod'
import { readPerson } from '../../access/read-people.ts'
import { Person } from '../../model/person.ts'
import { operation } from '../operation.ts'
import { PersonId } from './schemas.ts'

export const readPersonOperation = operation({
  name: 'people.read',
  summary: 'One person',
  requires: 'administrator',
  input: z.object({ id: PersonId }),
  output: Person,
  changes: false,
  run: ({ now }, { id }) => readPerson(id, now()),
})
