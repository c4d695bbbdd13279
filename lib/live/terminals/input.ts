import { z } from 'zod'
import { largestTerminal, longestInput, type TerminalInput } from '../../model/terminal.ts'
import { parseInput } from '../../operations/perform.ts'

const Input = z.discriminatedUnion('type', [
  z.object({ type: z.literal('input'), text: z.string().max(longestInput) }),
  z.object({
    type: z.literal('size'),
    size: z.object({
      columns: z.number().int().min(2).max(largestTerminal.columns),
      rows: z.number().int().min(1).max(largestTerminal.rows),
    }),
  }),
  z.object({ type: z.literal('end') }),
]) satisfies z.ZodType<TerminalInput>

// U+0000 is what Ctrl-Space types, which no text of a database may hold.
const Keys = z.object({ type: z.literal('input'), text: z.string().max(longestInput) })

/** What a browser said on a terminal's channel. Throws `invalid_input`. */
export const readInput = (data: unknown): TerminalInput => Keys.safeParse(data).data ?? parseInput(Input, data)
