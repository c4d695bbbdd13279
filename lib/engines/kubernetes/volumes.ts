import { listOf } from './values.ts'

const short: Record<string, string> = { ReadWriteOnce: 'RWO', ReadOnlyMany: 'ROX', ReadWriteMany: 'RWX', ReadWriteOncePod: 'RWOP' }

/** Access modes as kubectl writes them: `RWO`. */
export const accessModesOf = (modes: readonly string[] | null | undefined): string[] => listOf(modes).map((mode) => short[mode] ?? mode)
