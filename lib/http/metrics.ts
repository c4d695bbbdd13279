import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'
import { once } from '../once.ts'

/** One registry per process: server.ts and the routes that Next bundles count into the same one. */
export const registry = (): Registry =>
  once('http.registry', () => {
    const made = new Registry()
    collectDefaultMetrics({ register: made, prefix: 'portolan_' })
    return made
  })

const durations = (): Histogram<'operation' | 'status'> =>
  once(
    'http.durations',
    () =>
      new Histogram({
        name: 'portolan_http_request_duration_seconds',
        help: 'Time from the request to the first byte of the answer.',
        labelNames: ['operation', 'status'],
        buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
        registers: [registry()],
      }),
  )

const failures = (): Counter<'operation' | 'code'> =>
  once(
    'http.failures',
    () => new Counter({ name: 'portolan_http_errors_total', help: 'Answers that were an error, by its code.', labelNames: ['operation', 'code'], registers: [registry()] }),
  )

/** Counts an answer; `code` is the error's, if it was one. */
export function countAnswer(operation: string, status: number, seconds: number, code?: string): void {
  durations().observe({ operation, status: String(status) }, seconds)
  if (code) failures().inc({ operation, code })
}
