import { z } from 'zod'
import type { LogFrame } from '../../model/stream.ts'
import { AppError } from '../../errors/index.ts'
import { connectTo } from '../engine-connections.ts'
import { download, type Download } from '../download.ts'
import { holdStream } from '../held-streams.ts'
import { QueryFlag, ResourcePlace } from '../inputs.ts'
import { operation } from '../operation.ts'
import { findTarget } from './target.ts'

const Input = ResourcePlace.extend({
  since: z.iso.datetime({ offset: true }).optional(),
  tail: z.coerce.number().int().min(0).max(1_000_000).optional(),
  stdout: QueryFlag.default(true),
  stderr: QueryFlag.default(true),
  timestamps: QueryFlag.default(false),
})

async function* textOf(frames: AsyncIterable<LogFrame>, timestamps: boolean): AsyncGenerator<string> {
  for await (const frame of frames) {
    if (frame.type === 'lines') yield frame.lines.map(({ at, text }) => `${timestamps ? `${at} ` : ''}${text}\n`).join('')
    else if (frame.mark === 'gap') yield `--- ${frame.at}: lines between are no longer to be had ---\n`
  }
}

export const downloadLogs = operation({
  name: 'resources.logs',
  summary: 'The log of one resource as plain text, as much of it as the engine still has',
  requires: 'viewer',
  input: Input,
  output: z.custom<Download>().meta({ description: 'text/plain' }),
  changes: false,
  async run({ actor, signal }, input) {
    const target = await findTarget(actor, input)
    const { kind, found, environment } = target
    if (!kind.streams.includes('logs')) throw new AppError('unsupported', `${kind.plural} have no logs.`, { reason: { code: 'no_logs' } })
    const { since, tail, stdout, stderr } = input
    const options = { since, tail, stdout, stderr, follow: false }
    const frames = holdStream({ userId: actor.userId, environment: String(environment.id) }, () =>
      connectTo(environment).logs(kind.name, found.row.key, options, signal),
    )
    return download('text/plain; charset=utf-8', `${found.row.name}.log`, textOf(frames, input.timestamps))
  },
})
