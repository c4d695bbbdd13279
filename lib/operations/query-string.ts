import { z } from 'zod'
import { AppError } from '../errors/index.ts'
import { Category } from '../model/kind.ts'
import { parseFilter, parseSort } from '../model/query.ts'

/** How the input of an operation is written in a query string. */
export interface QueryCodec {
  /** The parameters, for OpenAPI. */
  parameters: z.ZodObject
  /** Reads them into what the operation's own schema parses. Throws `invalid_input`. */
  decode(params: URLSearchParams): Record<string, unknown>
}

/** Every parameter under its own name; one that is repeated is a list. */
export function plainQuery(params: URLSearchParams): Record<string, unknown> {
  const read: Record<string, unknown> = {}
  for (const name of new Set(params.keys())) {
    const values = params.getAll(name)
    read[name] = values.length > 1 ? values : values[0]
  }
  return read
}

const numberIn = (params: URLSearchParams, name: string): number | undefined => {
  const text = params.get(name)
  return text === null || text === '' ? undefined : Number(text)
}

function filtersIn(params: URLSearchParams) {
  return params.getAll('f').map((text) => {
    try {
      return parseFilter(text)
    } catch (cause) {
      const filter = text.slice(0, 100)
      throw new AppError('invalid_input', `f: "${filter}" is not written as field:operator:values.`, {
        cause,
        reason: { code: 'filter_not_valid', params: { filter } },
      })
    }
  })
}

const withoutUndefined = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))

/** `?kind=docker/containers&q=web&f=health:in:failing,degraded&sort=-createdAt&anchor=42&before=10&after=50`. */
export const resourceQueryCodec: QueryCodec = {
  parameters: z.object({
    kind: z.string().optional().meta({ description: 'Full name of a kind: docker/containers' }),
    category: Category.optional(),
    environment: z.string().optional().meta({ description: 'Id of an environment' }),
    q: z.string().max(200).optional().meta({ description: 'Text to find' }),
    f: z.array(z.string()).optional().meta({ description: 'Filters: field:operator:a,b with operators is, not, in, gt, lt, has' }),
    sort: z.string().optional().meta({ description: 'A field; with - in front, descending' }),
    anchor: z.string().optional().meta({ description: 'Id of the row the window begins at' }),
    fraction: z.number().min(0).max(1).optional().meta({ description: 'Or: how far into the list it begins' }),
    before: z.number().int().min(0).max(200).optional(),
    after: z.number().int().min(0).max(200).optional(),
  }),
  decode(params) {
    const sort = params.get('sort')
    return withoutUndefined({
      kind: params.get('kind') ?? undefined,
      category: params.get('category') ?? undefined,
      environment: params.get('environment') ?? undefined,
      text: params.get('q') || undefined,
      filters: filtersIn(params),
      sort: sort ? parseSort(sort) : undefined,
      window: withoutUndefined({
        anchor: params.get('anchor') ?? undefined,
        fraction: numberIn(params, 'fraction'),
        before: numberIn(params, 'before'),
        after: numberIn(params, 'after'),
      }),
    })
  },
}
