import { randomUUID } from 'node:crypto'
import { authenticate } from '../access/authenticate.ts'
import { isAppError, toWire } from '../errors/index.ts'
import { log } from '../log.ts'
import { isDownload } from '../operations/download.ts'
import type { Endpoint } from '../operations/endpoint.ts'
import { endpointOf } from '../operations/index.ts'
import { checkRequirement, perform, type Circumstances } from '../operations/perform.ts'
import { plainQuery } from '../operations/query-string.ts'
import { isLocalCaller } from './address.ts'
import { answerDownload, answerError, answerJson, withoutBody } from './answer.ts'
import { readJson } from './body.ts'
import { countAnswer } from './metrics.ts'
import { checkHost, checkOrigin, namesLoopback } from './origin.ts'

// The test of all routes knows by it that a handler went through here.
const made = Symbol.for('portolan.route')

export type RouteHandler = (request: Request) => Promise<Response>

/** The operation a handler was made for; undefined when `route()` did not make it. */
export const operationOfRoute = (handler: unknown): string | undefined =>
  typeof handler === 'function' && made in handler ? String(handler[made]) : undefined

/** Path parameters by the endpoint's own template, each decoded once. */
export function pathParameters(template: string, pathname: string): Record<string, string> {
  const segments = pathname.split('/')
  return Object.fromEntries(
    template
      .split('/')
      .flatMap((part, index) => (part.startsWith('{') ? [[part.slice(1, -1), decodeURIComponent(segments[index] ?? '')]] : [])),
  )
}

/** What comes from outside, in one object: the path wins over the body, the body over the query. */
async function readInput(endpoint: Endpoint, request: Request): Promise<Record<string, unknown>> {
  const { pathname, searchParams } = new URL(request.url)
  const query = endpoint.query ? endpoint.query.decode(searchParams) : plainQuery(searchParams)
  const body = endpoint.method === 'GET' ? {} : await readJson(request)
  const key = request.headers.get('idempotency-key')
  return { ...query, ...body, ...(key === null ? {} : { idempotencyKey: key }), ...pathParameters(endpoint.path, pathname) }
}

/** Where from? → who? → read → perform, which asks whether they may → answer. */
async function serve(endpoint: Endpoint, request: Request, circumstances: Circumstances): Promise<Response> {
  const local = endpoint.localProgram === true && isLocalCaller(request.headers) && namesLoopback(request.headers)
  const operation = local ? { ...endpoint.operation, requires: 'public' as const } : endpoint.operation
  if (operation.changes) checkOrigin(request.headers)
  else if (operation.requires !== 'public') checkHost(request.headers)
  const actor = operation.requires === 'public' ? null : await authenticate(request.headers)
  // Of a stranger nothing is read; what else a request needs depends on what it names.
  if (operation.requires !== 'public') checkRequirement('signed-in', actor)
  const output = await perform(operation, actor, await readInput(endpoint, request), circumstances)
  const answer = isDownload(output)
    ? await answerDownload(output, circumstances.requestId)
    : answerJson(output, endpoint.status?.(output) ?? 200, circumstances.requestId)
  return request.method === 'HEAD' ? withoutBody(answer) : answer
}

/**
 * A Next route handler for the operation of this name. Every handler under app/api is made here, so that none can
 * forget who may call it. Request ids are ours alone: one that comes from outside is not believed.
 */
export function route(name: string): RouteHandler {
  const endpoint = endpointOf(name)
  if (!endpoint) throw new Error(`There is no operation ${name}.`)
  const handler = async (request: Request): Promise<Response> => {
    const startedAt = performance.now()
    const requestId = randomUUID()
    const logger = log().child({ requestId, operation: name })
    const finish = (response: Response, error?: unknown): Response => {
      const seconds = (performance.now() - startedAt) / 1000
      if (error !== undefined && request.signal.aborted) {
        // Nobody reads the answer: neither a failure of ours nor an answer to count.
        logger.debug({ method: endpoint.method, durationMs: Math.round(seconds * 1000), err: error }, 'aborted')
        return response
      }
      const code = error === undefined ? undefined : toWire(error).code
      countAnswer(name, response.status, seconds, code)
      // The cause of what we know goes to the log as words; what we do not know goes there whole.
      const problem =
        code === undefined ? {} : isAppError(error) && code !== 'internal' ? { code, problem: error.message } : { code, err: error }
      logger[code === 'internal' ? 'error' : 'info'](
        { method: endpoint.method, status: response.status, durationMs: Math.round(seconds * 1000), ...problem },
        'request',
      )
      return response
    }
    try {
      return finish(await serve(endpoint, request, { requestId, signal: request.signal, log: logger, now: () => new Date() }))
    } catch (error) {
      return finish(answerError(error, requestId), error)
    }
  }
  return Object.assign(handler, { [made]: name })
}
