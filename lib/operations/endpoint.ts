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
  /** Of an answer that is not JSON. */
  contentType?: string
}

export const parametersIn = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!)
