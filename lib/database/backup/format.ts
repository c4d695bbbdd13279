import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { z } from 'zod'
import { AppError } from '../../errors/index.ts'

/** Raised when a file of the older format could not be read by the rules of the newer. */
export const formatVersion = 1

/**
 * A backup is text, a JSON object a line: the header, rows as `{"table", "row"}` in the order in which they can be put
 * back, and the end with the SHA-256 of every byte before it.
 */
const Header = z.object({
  portolan: z.literal('backup'),
  version: z.number(),
  /** The newest migration of the database that it was made of. */
  migration: z.string(),
  madeAt: z.string(),
  /** The ids of the keys that its secrets are sealed with. */
  keys: z.array(z.string()),
})
export type Header = z.infer<typeof Header>

const RowLine = z.object({ table: z.string(), row: z.record(z.string(), z.unknown()) })
const EndLine = z.object({ end: z.object({ rows: z.number(), sha256: z.string() }) })

/** One row: the line as it stands, so that PostgreSQL reads its own words back, and what of it decides where it goes. */
export interface BackedUpRow {
  table: string
  columns: string[]
  line: string
}

/** Longer than any row can be: what has such a line is something else. */
const longestLine = 64 * 1024 * 1024

const refused = (file: string, why: string) => new AppError('invalid_input', `${file} cannot be restored: ${why}.`)
const foreign = (file: string) => refused(file, 'it is not a backup of Portolan')

async function* linesOf(file: string): AsyncGenerator<{ line: string; bytes: Buffer }> {
  const handle = await open(file).catch((cause: NodeJS.ErrnoException) => {
    throw new AppError('invalid_input', `${file} cannot be read (${cause.code}).`, { cause })
  })
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of handle.createReadStream() as AsyncIterable<Buffer>) {
    rest = rest.length ? Buffer.concat([rest, chunk]) : chunk
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      const bytes = rest.subarray(0, end + 1)
      yield { line: bytes.toString('utf8', 0, end), bytes }
      rest = rest.subarray(end + 1)
    }
    if (rest.length > longestLine) throw foreign(file)
  }
}

function parse<T>(schema: z.ZodType<T>, line: string): T | null {
  try {
    return schema.safeParse(JSON.parse(line)).data ?? null
  } catch {
    // Not JSON: the caller says what it means where it stands.
    return null
  }
}

/**
 * Reads a backup from its beginning to its end: the header first, then its rows. What it yields is whole and unchanged
 * only when it came to its end: whoever writes rows down commits them then.
 * @throws invalid_input when the file is foreign, of a newer format, damaged or cut off
 */
export async function* readBackup(file: string): AsyncGenerator<Header | BackedUpRow> {
  const hash = createHash('sha256')
  let count = -1
  for await (const { line, bytes } of linesOf(file)) {
    if (count < 0) {
      yield headerOf(file, line)
    } else {
      const end = parse(EndLine, line)?.end
      if (end) {
        if (end.rows !== count || end.sha256 !== hash.digest('hex')) throw refused(file, 'it was changed or damaged after it was made')
        return
      }
      const row = parse(RowLine, line)
      if (!row) throw refused(file, `line ${count + 2} is damaged`)
      yield { table: row.table, columns: Object.keys(row.row), line }
    }
    hash.update(bytes)
    count++
  }
  throw count < 0 ? foreign(file) : refused(file, 'it is cut off before its end')
}

function headerOf(file: string, line: string): Header {
  const header = parse(Header, line)
  if (!header) throw foreign(file)
  if (header.version > formatVersion) throw refused(file, `it was made by a newer Portolan (format ${header.version})`)
  return header
}
