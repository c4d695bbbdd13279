/** A line of a log, or what happened between lines: frames of the channel `logs`. Instants are ISO 8601. */
export type LogFrame =
  | { type: 'lines'; lines: LogLine[]; cursor: string }
  /** Lines between are no longer to be had, or the container started anew. */
  | { type: 'mark'; at: string; mark: 'gap' | 'started' | 'ended'; params: Record<string, string | number> }
export interface LogLine {
  at: string
  stream: 'stdout' | 'stderr'
  text: string
  /** Cut because it was longer than the bound; its full length in bytes. */
  cutFrom?: number
}

/** One frame of the channel `metrics`. */
export interface MetricSample {
  at: string
  /** CPU in cores, memory in bytes, network and disk in bytes per second. */
  values: Record<string, number | null>
  limits: Record<string, number | null>
}
