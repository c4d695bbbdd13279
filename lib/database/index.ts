export { listen, notify } from './listen.ts'
export { pool, transaction } from './pool.ts'
export { prisma } from './prisma.ts'
export { Prisma } from './generated/client.ts'
