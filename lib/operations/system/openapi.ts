import { z } from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject, type ZodOpenApiResponsesObject } from 'zod-openapi'
import { errorTable, type ErrorCode } from '../../errors/index.ts'
import { Reason } from '../../model/reason.ts'
import { parametersIn, type Endpoint } from '../endpoint.ts'
import { publicOperation, type Operation } from '../operation.ts'

const codes = Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]]

const ErrorAnswer = z
  .object({
    error: z.object({
      code: z.enum(codes),
      message: z.string(),
      reason: Reason.optional(),
      details: z.unknown().optional(),
      requestId: z.string().optional(),
    }),
  })
  .meta({ id: 'Error', description: 'Every error. An unknown one is `internal` and says nothing of its cause.' })

const idempotencyHeader = z.object({
  'Idempotency-Key': z.string().max(200).optional().meta({ description: 'The same key twice does the thing once' }),
})

const json = (schema: z.ZodType) => ({ 'application/json': { schema } })

/** The part of an input that is neither in the path nor in a header. */
function restOf(input: z.ZodType, path: string): z.ZodType {
  if (!(input instanceof z.ZodObject)) return input
  const elsewhere = new Set([...parametersIn(path), 'idempotencyKey'])
  return z.object(Object.fromEntries(Object.entries(input.shape).filter(([name]) => !elsewhere.has(name))))
}

function pathSchema({ operation, path }: Endpoint): z.ZodObject | undefined {
  const names = parametersIn(path)
  if (!names.length) return undefined
  const shape = operation.input instanceof z.ZodObject ? operation.input.shape : {}
  return z.object(Object.fromEntries(names.map((name) => [name, (shape[name] as z.ZodType | undefined) ?? z.string()])))
}

const isEmpty = (schema: z.ZodType): boolean => schema instanceof z.ZodObject && Object.keys(schema.shape).length === 0

function answersOf({ operation, contentType, status }: Endpoint): ZodOpenApiResponsesObject {
  if (operation.output instanceof z.ZodUndefined) return { '204': { description: 'Done.' } }
  const content = contentType ? { [contentType]: { schema: z.string() } } : json(operation.output)
  const done: ZodOpenApiResponsesObject = { '200': { description: operation.summary, content } }
  return status ? { ...done, '202': { description: 'Begun, and perhaps not ended yet.', content } } : done
}

function securityOf({ requires, sessionOnly }: Operation): ZodOpenApiOperationObject['security'] {
  if (requires === 'public') return []
  return sessionOnly === true ? [{ session: [] }] : [{ session: [] }, { token: [] }]
}

function describe(endpoint: Endpoint): ZodOpenApiOperationObject {
  const { operation, method } = endpoint
  const path = pathSchema(endpoint)
  const rest = restOf(operation.input, endpoint.path)
  const inBody = method === 'POST' || method === 'PATCH'
  const query = endpoint.query?.parameters ?? (rest instanceof z.ZodObject && !inBody && !isEmpty(rest) ? rest : undefined)
  const hasKey = operation.input instanceof z.ZodObject && 'idempotencyKey' in operation.input.shape
  return {
    operationId: operation.name,
    summary: operation.summary,
    tags: [operation.name.split('.')[0]!],
    security: securityOf(operation),
    description: `Requires: ${operation.requires}.`,
    requestParams: {
      ...(path && { path }),
      ...(query && { query }),
      ...(hasKey && { header: idempotencyHeader }),
    },
    ...(inBody && !isEmpty(rest) ? { requestBody: { required: true, content: json(rest) } } : {}),
    responses: {
      ...answersOf(endpoint),
      '4XX': { description: 'The caller has to change something.', content: json(ErrorAnswer) },
      '5XX': { description: 'Portolan or an engine cannot now; Retry-After says when to ask again.', content: json(ErrorAnswer) },
    },
  }
}

/** The API as OpenAPI 3.1, made of the very schemas that the operations parse with. */
export function openApiOf(endpoints: readonly Endpoint[]) {
  const paths: ZodOpenApiPathsObject = {}
  for (const endpoint of endpoints) paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: describe(endpoint) }
  const tags = [...new Set(endpoints.map(({ operation }) => operation.name.split('.')[0]!))].toSorted()
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Portolan',
      version: '1',
      description:
        'One console for every place where an organisation runs containers. With a session’s cookie, state changes need the Origin header of PORTOLAN_URL; with an API token they do not.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'This Portolan' }],
    tags: tags.map((name) => ({ name, description: `Operations on ${name}.` })),
    paths,
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'portolan.session',
          description: 'Set by signing in; `__Host-portolan.session` over TLS.',
        },
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API token, `ptl_…`, of Settings › Profile; a cookie beside it is ignored.',
        },
      },
    },
  })
}

/** The list of endpoints holds this one as well, so it is handed in and read late. */
export const readOpenApi = (endpoints: () => readonly Endpoint[]) =>
  publicOperation({
    name: 'system.openapi',
    summary: 'This API, as OpenAPI 3.1',
    input: z.object({}),
    output: z.record(z.string(), z.unknown()),
    changes: false,
    run: async () => openApiOf(endpoints()) as unknown as Record<string, unknown>,
  })
