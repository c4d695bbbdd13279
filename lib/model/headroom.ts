import { z } from 'zod'

/** What an engine keeps on disk: `writable` is what containers wrote outside of volumes, `cache` what builds left. */
export const diskParts = ['images', 'volumes', 'writable', 'cache'] as const

/** What the machine of an engine has, and what of it the engine's own things use. A figure that it does not give is null. */
export const Headroom = z.object({
  /** When the engine was asked. */
  at: z.string(),
  cores: z.number().nullable(),
  usedCores: z.number().nullable(),
  memoryBytes: z.number().nullable(),
  usedMemoryBytes: z.number().nullable(),
  /** `reclaimableBytes` of it are used by nothing. Null: it was not measured in time. */
  disk: z.array(z.object({ part: z.enum(diskParts), bytes: z.number(), reclaimableBytes: z.number() })).nullable(),
})
export type Headroom = z.infer<typeof Headroom>
