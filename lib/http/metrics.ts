import { Counter, Histogram } from 'prom-client'
import { once } from '../once.ts'
import { registry } from '../operations/system/metrics.ts'

const durations = (): Histogram<'operation' | 'status'> =>
  once('http.durations', () => {
    const name = 'portolan_http_request_duration_seconds'
    const help = 'Time from the request to the first byte of the answer.'
    const buckets = [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10]
    return new Histogram({ name, help, labelNames: ['operation', 'status'], buckets, registers: [registry()] })
  })

const failures = (): Counter<'operation' | 'code'> =>
  once('http.failures', () => {
    const help = 'Answers that were an error, by its code.'
    return new Counter({ name: 'portolan_http_errors_total', help, labelNames: ['operation', 'code'], registers: [registry()] })
  })

/** Counts an answer; `code` is the error's, if it was one. */
export function countAnswer(operation: string, status: number, seconds: number, code?: string): void {
  durations().observe({ operation, status: String(status) }, seconds)
  if (code) failures().inc({ operation, code })
}
