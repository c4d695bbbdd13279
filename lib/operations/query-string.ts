import { z } from 'zod'
import { AppError } from '../errors/index.ts'
import { Category } from '../model/kind.ts'
import { parseQuery } from '../model/query-codec.ts'

/** How the input of an operation is written in a query string. */
export interface QueryCodec {
  /** The parameters, for OpenAPI. */
  parameters: z.ZodObject
  /** Reads them into what the operation's own schema parses. Throws `invalid_input`. */
  decode(params: URLSearchParams): Record<string, unknown>
}

/** Every parameter under its own name; one that is repeated is a list. */
export function plainQuery(params: URLSearchParams): Record<string, unknown> {
  const names = [...new Set(params.keys())]
  return Object.fromEntries(names.map((name) => [name, params.getAll(name).length > 1 ? params.getAll(name) : params.get(name)]))
}

/** `?kind=docker/containers&q=web&f=health:in:failing,degraded&sort=-createdAt&anchor=42&before=10&after=50`. */
export const resourceQueryCodec: QueryCodec = {
  parameters: z.object({
    kind: z.string().optional().meta({ description: 'Full name of a kind: docker/containers' }),
    category: Category.optional(),
    environment: z.string().optional().meta({ description: 'Id of an environment' }),
    q: z.string().max(200).optional().meta({ description: 'Text to find' }),
    f: z.array(z.string()).optional().meta({ description: 'Filters, field:operator:a,b with the operators is, not, in, gt, lt, has' }),
    sort: z.string().optional().meta({ description: 'A field; with - in front, descending' }),
    anchor: z.string().optional().meta({ description: 'Id of the row that the window hangs on' }),
    fraction: z.number().min(0).max(1).optional().meta({ description: 'Or: how far into the list it begins' }),
    before: z.number().int().min(0).max(200).optional(),
    after: z.number().int().min(0).max(200).optional(),
  }),
  decode(params) {
    try {
      return parseQuery(params)
    } catch (cause) {
      if (!(cause instanceof z.ZodError)) throw cause
      const issue = cause.issues[0]
      const field = issue?.path.join('.') || 'f'
      throw new AppError('invalid_input', `${field}: ${issue?.message ?? 'does not fit'}`, {
        cause,
        reason: { code: 'input_not_valid', params: { field } },
      })
    }
  },
}
