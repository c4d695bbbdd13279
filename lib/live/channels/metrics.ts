import type { Connection } from '../../engines/engine.ts'
import { type MetricSample, MetricsParams } from '../../model/stream.ts'
import { parseInput } from '../../operations/perform.ts'
import type { Channel } from './channel.ts'
import { SharedStream } from './shared-stream.ts'
import { authoriseStream } from './target.ts'

/** A resource's figures as they are measured: MetricSample after MetricSample, one engine stream for all who look. */
export function metricsChannel(connectionOf: (environment: string) => Promise<Connection>): Channel {
  const streams = new Map<string, SharedStream<MetricSample>>()

  function streamOf(target: MetricsParams): SharedStream<MetricSample> {
    const name = JSON.stringify([target.environment, target.kind, target.key])
    const known = streams.get(name)
    if (known) return known
    const made: SharedStream<MetricSample> = new SharedStream(
      (signal) => measure(target, signal),
      () => streams.get(name) === made && streams.delete(name),
    )
    streams.set(name, made)
    return made
  }

  async function* measure({ environment, kind, key }: MetricsParams, signal: AbortSignal): AsyncIterable<MetricSample> {
    const connection = await connectionOf(environment)
    yield* connection.metrics(kind, key, signal)
  }

  return {
    name: 'metrics',
    reopensWithRights: false,
    authorise: (actor, params) => authoriseStream(actor, parseInput(MetricsParams, params), 'metrics'),
    async open(_actor, params, sink, signal) {
      const stream = streamOf(parseInput(MetricsParams, params))
      const subscriber = {
        isReady: () => sink.isReady(),
        send: (sample: MetricSample) => sink.send(JSON.stringify(sample)),
        fail: (error: unknown) => sink.fail(error),
        end: () => sink.end(),
      }
      stream.add(subscriber)
      const stopPokes = sink.onReady(() => stream.drain(subscriber))
      signal.addEventListener('abort', () => {
        stopPokes()
        stream.remove(subscriber)
      })
    },
  }
}
