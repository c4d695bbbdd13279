import { z } from 'zod'
import { listPeople } from '../../access/read-people.ts'
import type { LiveList } from '../../model/live.ts'
import { Person } from '../../model/person.ts'
import { operation } from '../operation.ts'

const Head = z.object({ total: z.number().int() })

export const listPeopleOperation = operation({
  name: 'people.list',
  summary: 'Everybody who has an account, by name: what they hold, whether they may sign in, when they were last seen',
  requires: 'administrator',
  input: z.object({ text: z.string().trim().max(200).optional() }),
  output: z.object({ rows: z.array(Person), head: Head }),
  changes: false,
  wakes: () => [{ topic: 'access' }],
  async run({ now }, { text }): Promise<LiveList<Person, z.infer<typeof Head>>> {
    const { people, total } = await listPeople(text, now())
    return { rows: people, head: { total } }
  },
})
