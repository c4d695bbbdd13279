import { PrismaPg } from '@prisma/adapter-pg'
import { once } from '../once.ts'
import { translate } from './errors.ts'
import { PrismaClient } from './generated/client.ts'
import { pool } from './pool.ts'

/** The one Prisma client of this process, over the one pool. An outage rejects with `unavailable`. */
export const prisma = (): PrismaClient =>
  once('database.prisma', () => {
    const client = new PrismaClient({ adapter: new PrismaPg(pool()) })
    const translating = client.$extends({
      query: {
        $allOperations: async ({ args, query }) => {
          try {
            return await query(args)
          } catch (error) {
            throw translate(error)
          }
        },
      },
    })
    // The extension changes no model and no method, only what a failure looks like.
    return translating as unknown as PrismaClient
  })
