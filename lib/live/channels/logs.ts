import type { Connection } from '../../engines/engine.ts'
import { type Clock, systemClock } from '../../model/clock.ts'
import { LogsParams } from '../../model/stream.ts'
import { holdStream } from '../../operations/held-streams.ts'
import { parseInput } from '../../operations/perform.ts'
import { batchLogs } from './batch-logs.ts'
import type { Channel } from './channel.ts'
import { authoriseStream } from './target.ts'

/** A resource's log, followed: LogFrame after LogFrame. Who does not take them in holds the engine's stream back. */
export function logsChannel(connectionOf: (environment: string) => Promise<Connection>, clock: Clock = systemClock): Channel {
  return {
    name: 'logs',
    reopensWithRights: false,
    authorise: (actor, params) => authoriseStream(actor, parseInput(LogsParams, params), 'logs'),
    async open(actor, params, sink, signal) {
      const { environment, kind, key, ...options } = parseInput(LogsParams, params)
      const connection = await connectionOf(environment)
      const frames = holdStream({ userId: actor.userId, environment }, () =>
        connection.logs(kind, key, { ...options, follow: true }, signal),
      )
      for await (const frame of batchLogs(frames, clock)) {
        await sink.ready()
        if (signal.aborted) return
        sink.send(JSON.stringify(frame))
      }
      if (!signal.aborted) sink.end()
    },
  }
}
