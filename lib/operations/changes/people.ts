import { z } from 'zod'
import { scopeOf } from '../../access/index.ts'
import { prisma } from '../../database/index.ts'
import { operation } from '../operation.ts'
import { visibleActivities } from './activities.ts'

const most = 100

export const listPeopleOfChanges = operation({
  name: 'changes.people',
  summary: 'Everybody who did something you may see, by name',
  requires: 'viewer',
  input: z.object({}),
  output: z.object({ people: z.array(z.string()) }),
  changes: false,
  async run({ actor }) {
    const names = await prisma().activity.findMany({
      where: visibleActivities(actor, scopeOf(actor, 'viewer')),
      distinct: ['userName'],
      select: { userName: true },
      orderBy: { userName: 'asc' },
      take: most,
    })
    return { people: names.map((row) => row.userName) }
  },
})
