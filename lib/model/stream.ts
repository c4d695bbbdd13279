import { z } from 'zod'

/** Lines in one LogFrame at most: few frames, each drawn at once. */
export const mostLinesAFrame = 500

/** A part of a container's log, as an engine gives it and as the channel `logs` sends it. */
export type LogFrame =
  | { type: 'lines'; lines: LogLine[]; cursor: string }
  /** Lines between are no longer to be had, or the container started anew, or some logs are not read at all: too many. */
  | { type: 'mark'; at: string; mark: 'gap' | 'started' | 'ended' | 'left-out'; params: Record<string, string | number> }
export interface LogLine {
  at: string
  stream: 'stdout' | 'stderr'
  text: string
  /** Which of several logs that are read as one: a container, or `pod/container`. */
  source?: string
  /** Cut because it was longer than the bound; its full length in bytes. */
  cutFrom?: number
}

/** One frame of the channel `metrics`; the first ones are what is remembered of the last minutes. */
export interface MetricSample {
  at: string
  /** CPU in cores, memory in bytes, network and disk in bytes per second. */
  values: Record<string, number | null>
  limits: Record<string, number | null>
}

/** Params of the channel `logs`; it sends LogFrame. Reopened with the last `cursor` it goes on behind it. */
export const LogsParams = z.object({
  environment: z.string().regex(/^\d{1,9}$/),
  kind: z.string().max(200),
  key: z.string().max(500),
  since: z.iso.datetime({ offset: true }).optional(),
  tail: z.number().int().min(0).max(100_000).optional(),
  stdout: z.boolean().default(true),
  stderr: z.boolean().default(true),
  cursor: z.string().max(40_000).optional(),
})
export type LogsParams = z.input<typeof LogsParams>

/** Params of the channel `metrics`. */
export const MetricsParams = LogsParams.pick({ environment: true, kind: true, key: true })
export type MetricsParams = z.input<typeof MetricsParams>
