import { PrismaPg } from '@prisma/adapter-pg'
import { once } from '../once.ts'
import { translate } from './errors.ts'
import { PrismaClient } from './generated/client.ts'
import { connections } from './pool.ts'

/** The one Prisma client of this process, over the one pool. An outage rejects with `unavailable`. */
export const prisma = (): PrismaClient =>
  once('database.prisma', () => {
    const client = new PrismaClient({ adapter: new PrismaPg(connections()) })
    const extended = client.$extends({
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
    // Neither changes a model or a method, only what a failure looks like: here that of BEGIN and COMMIT.
    const transaction = async (...args: unknown[]) => {
      try {
        return await (extended.$transaction as (...args: unknown[]) => Promise<unknown>).apply(extended, args)
      } catch (error) {
        throw translate(error)
      }
    }
    const translating = new Proxy(extended, { get: (target, name) => (name === '$transaction' ? transaction : Reflect.get(target, name)) })
    return translating as unknown as PrismaClient
  })
