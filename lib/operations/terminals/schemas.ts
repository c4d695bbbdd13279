import { z } from 'zod'
import type { TerminalRow } from '../../model/terminal.ts'

export const Terminal = z.object({
  id: z.string(),
  environment: z.string(),
  kind: z.string(),
  key: z.string(),
  name: z.string().meta({ description: 'Of what it is in' }),
  userId: z.string().meta({ description: 'Who opened it, and alone types in it' }),
  userName: z.string(),
  mode: z.enum(['exec', 'attach']),
  program: z.string().nullable(),
  openedAt: z.string(),
}) satisfies z.ZodType<TerminalRow>
