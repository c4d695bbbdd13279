import { z } from 'zod'
import { allow } from '../../access/index.ts'
import { type TerminalFrame, terminalRole, type Watcher } from '../../model/terminal.ts'
import type { Reason } from '../../model/reason.ts'
import { parseInput } from '../../operations/perform.ts'
import { endOf, endRow, findTerminal, isOverdue, placeOf } from '../../operations/terminals/rows.ts'
import { heldTerminals, type HeldTerminal } from '../../terminals/held.ts'
import type { Sink } from '../sink.ts'
import { readInput } from '../terminals/input.ts'
import { pipe, silentHolder } from '../terminals/pipe-out.ts'
import type { Channel } from './channel.ts'

const Params = z.object({ id: z.uuid() })

/** A terminal, in whichever web process it lives: TerminalFrame after TerminalFrame, and back what is typed. */
export const terminalChannel = (): Channel => ({
  name: 'terminal',
  reopensWithRights: false,
  async authorise(actor, params) {
    allow(actor, terminalRole, placeOf(await findTerminal(parseInput(Params, params).id, actor)))
  },
  async open(actor, params, sink, signal) {
    const row = await findTerminal(parseInput(Params, params).id, actor)
    const end = endOf(row)
    if (end) return sayEnded(sink, end)
    const who = { userId: actor.userId, name: actor.name, types: actor.userId === row.userId }
    const held = heldTerminals().get(row.id)
    if (held) return watch(held, who, sink, signal)
    const ended = await pipe(row, who, sink, signal)
    if (signal.aborted) return
    if (ended === 'over') return sink.end()
    // Its holder may have written why it ended; only when nobody has for too long, it is lost.
    const now = endOf(await findTerminal(row.id, actor))
    if (now) return sayEnded(sink, now)
    if (ended === 'no-answer' && !(await isOverdue(row))) throw silentHolder()
    await endRow(row.id, { code: 'terminal-holder-gone' })
    sayEnded(sink, { code: 'terminal-holder-gone' })
  },
})

function sayEnded(sink: Sink, reason: Reason): void {
  sink.send(JSON.stringify({ type: 'ended', reason } satisfies TerminalFrame))
  sink.end()
}

function watch({ session }: HeldTerminal, who: Watcher, sink: Sink, signal: AbortSignal): void {
  const watching = session.watch(who, sink)
  sink.onSaid((data) => watching.say(readInput(data)))
  const stopPokes = sink.onReady(() => watching.poke())
  signal.addEventListener('abort', () => {
    stopPokes()
    watching.leave()
  })
  watching.poke()
}
