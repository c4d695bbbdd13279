import type { Operation } from './operation.ts'
import type { QueryCodec } from './query-string.ts'

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** Where an operation is found over HTTP. Path parameters are written `{environment}` and join its input by name. */
export interface Endpoint {
  method: Method
  path: string
  operation: Operation
  /** How its input is written in a query string; without one every parameter is a field of the input. */
  query?: QueryCodec
  /** The status of an answer where it is not 200. */
  status?(answer: unknown): number
  /** A program on this machine may call it without a session: what scrapes metrics has none. */
  localProgram?: true
}

/** The one registry: routes, OpenAPI, the socket and the test of who may do what all read it. */
export const endpoints: readonly Endpoint[] = []

const byName = new Map(endpoints.map((endpoint) => [endpoint.operation.name, endpoint]))

/** The endpoint of an operation, `resources.list`; undefined when there is none of that name. */
export const endpointOf = (name: string): Endpoint | undefined => byName.get(name)

/** Every operation, once. */
export const operations: readonly Operation[] = endpoints.map((endpoint) => endpoint.operation)
