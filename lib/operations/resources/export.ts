import { z } from 'zod'
import { scopeOf } from '../../access/index.ts'
import { prisma } from '../../database/index.ts'
import { kindOf } from '../../engines/index.ts'
import type { Language } from '../../i18n/language.ts'
import { exportRows } from '../../inventory/index.ts'
import { ResourceQuery } from '../../model/query.ts'
import type { Row } from '../../model/resource.ts'
import { download, type Download } from '../download.ts'
import { operation } from '../operation.ts'
import { csvColumns, csvLine, valueOf } from './csv.ts'
import { checkListable } from './list.ts'

/** Lines are sent in pieces of about this many characters. */
const pieceLength = 32 * 1024

async function* linesOf(
  rows: AsyncIterable<Row>,
  columns: readonly string[],
  names: ReadonlyMap<string, string>,
  language: Language,
): AsyncGenerator<string> {
  let piece = csvLine(columns)
  for await (const row of rows) {
    piece += csvLine(columns.map((column) => valueOf(row, column, names.get(row.environment) ?? row.environment, language)))
    if (piece.length < pieceLength) continue
    yield piece
    piece = ''
  }
  yield piece
}

export const exportResources = operation({
  name: 'resources.export',
  summary: 'Every row that matches, as CSV (RFC 4180)',
  requires: 'viewer',
  input: ResourceQuery,
  output: z.custom<Download>().meta({ description: 'text/csv' }),
  changes: false,
  async run({ actor, now }, query) {
    await checkListable(actor, query)
    const environments = await prisma().environment.findMany({ select: { id: true, name: true } })
    const names = new Map(environments.map(({ id, name }) => [String(id), name]))
    const columns = csvColumns(query.kind ? kindOf(query.kind).columns : null)
    const what = query.kind?.split('/').at(-1) ?? query.category ?? 'resources'
    const fileName = `${what}-${now().toISOString().slice(0, 16).replace(':', '')}.csv`
    return download(
      'text/csv; charset=utf-8; header=present',
      fileName,
      linesOf(exportRows(query, scopeOf(actor, 'viewer')), columns, names, actor.language ?? 'en'),
    )
  },
})
