import type { IncomingMessage } from 'node:http'
import { mostLinesAFrame } from '../../model/stream.ts'
import type { LogFrame, LogLine, LogOptions } from '../engine.ts'
import type { DockerApi } from './api.ts'
import { LogDemultiplexer } from './demultiplex.ts'
import { readContainer } from './follow.ts'
import { instantOf } from '../common/instants.ts'
import { splitLines } from '../common/lines.ts'
import type { RawLine } from '../common/log-text.ts'
import { LogCursor, LogResume, parseCursor, sinceOf, streamsOf } from '../common/log-cursor.ts'
import { requireContainer } from './read.ts'
import type { ContainerReply } from './replies.ts'

const longestEvent = 2 ** 20

interface Beginning {
  resume: LogResume | null
  since?: string
  tail?: number
}

/**
 * A container's log. It goes on over the container's restarts, with a mark at each end and start, until the container
 * is gone. Resumes behind a cursor: repeats nothing and leaves out nothing that the engine still has.
 */
export async function* readLogs(api: DockerApi, name: string, options: LogOptions, signal: AbortSignal): AsyncGenerator<LogFrame> {
  let container = (await requireContainer(api, name, signal)).reply
  const streams = streamsOf(options)
  const position = options.cursor ? parseCursor(options.cursor) : null
  const isSameLife = position !== null && container.Id.startsWith(position.container)
  if (position && !isSameLife) yield started(container)
  let beginning = beginAt(options, position, isSameLife, streams)
  const cursor = new LogCursor(container.Id, streams, beginning.tail === undefined ? (beginning.since ?? '') : null)
  for (;;) {
    yield* readUntilEnd(api, container, beginning, cursor, options, signal)
    if (!options.follow) return
    const next = yield* awaitStart(api, container, signal)
    if (!next) return
    container = next
    const reached = cursor.position
    beginning = reached ? { resume: new LogResume(reached, streams), since: reached.anchor } : beginning
  }
}

/** Behind a cursor of this very container; all of it when the cursor is of another one of that name; else as asked. */
function beginAt(options: LogOptions, position: ReturnType<typeof parseCursor> | null, isSameLife: boolean, streams: string): Beginning {
  if (!position) return { resume: null, since: options.since, tail: options.tail }
  return isSameLife ? { resume: new LogResume(position, streams), since: position.anchor } : { resume: null }
}

const started = (container: ContainerReply): LogFrame => ({
  type: 'mark',
  at: instantOf(container.State.StartedAt) ?? instantOf(container.Created) ?? new Date(0).toISOString(),
  mark: 'started',
  params: { container: container.Id.slice(0, 12), restarts: container.RestartCount },
})

async function* readUntilEnd(
  api: DockerApi,
  container: ContainerReply,
  beginning: Beginning,
  cursor: LogCursor,
  options: LogOptions,
  signal: AbortSignal,
): AsyncGenerator<LogFrame> {
  const stream = await api.stream({
    path: `/containers/${container.Id}/logs`,
    query: {
      follow: options.follow,
      stdout: options.stdout,
      stderr: options.stderr,
      timestamps: true,
      since: beginning.since === undefined ? undefined : sinceOf(beginning.since),
      tail: beginning.tail,
    },
    signal,
  })
  const demultiplexer = new LogDemultiplexer({ terminal: container.Config.Tty })
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) yield* toFrames(demultiplexer.push(chunk), beginning.resume, cursor)
    yield* toFrames(demultiplexer.end(), beginning.resume, cursor)
  } catch (failure) {
    throw api.http.explain(failure, signal)
  } finally {
    stream.destroy()
  }
}

function* toFrames(all: readonly RawLine[], resume: LogResume | null, cursor: LogCursor): Generator<LogFrame> {
  const { lines, gap } = resume ? resume.take(all) : { lines: all, gap: null }
  const fresh = new Set(lines)
  if (gap) yield { type: 'mark', at: gap.to, mark: 'gap', params: gap }
  let bundle: LogLine[] = []
  // Dropped lines count too: the cursor stands in the engine's log, not in what was shown.
  for (const line of all) {
    cursor.add(line)
    if (fresh.has(line)) bundle.push(line)
    if (bundle.length < mostLinesAFrame) continue
    yield { type: 'lines', lines: bundle, cursor: cursor.toString() }
    bundle = []
  }
  if (bundle.length > 0) yield { type: 'lines', lines: bundle, cursor: cursor.toString() }
}

/** The log ended because the container did: says so, and waits until it runs again. Null when it is gone for good. */
async function* awaitStart(api: DockerApi, before: ContainerReply, signal: AbortSignal): AsyncGenerator<LogFrame, ContainerReply | null> {
  const filters = JSON.stringify({ type: ['container'], container: [before.Id], event: ['start', 'destroy'] })
  // Subscribe before looking, or a start in between would be missed.
  const events = await api.stream({ path: '/events', query: { filters }, signal })
  try {
    const now = await look(api, before.Id, signal)
    if (!now) return null
    const finishedAt = instantOf(now.State.FinishedAt)
    if (finishedAt) {
      // Docker forgets how the last life ended as soon as the next one begins; its event does not.
      const exitCode = now.State.Status === 'running' ? await exitCodeOf(api, before, now, signal) : now.State.ExitCode
      yield { type: 'mark', at: finishedAt, mark: 'ended', params: { ...(exitCode !== null && { exitCode }) } }
    }
    const restarted = now.State.Status === 'running' ? now : await nextStart(api, events, before.Id, signal)
    if (restarted) yield started(restarted)
    return restarted
  } catch (failure) {
    throw api.http.explain(failure, signal)
  } finally {
    events.destroy()
  }
}

/** How the life that began as `before` ended, before the one of `now` began; null when the engine does not remember it. */
async function exitCodeOf(api: DockerApi, before: ContainerReply, now: ContainerReply, signal: AbortSignal): Promise<number | null> {
  const filters = JSON.stringify({ type: ['container'], container: [before.Id], event: ['die'] })
  const [since, until] = [before, now].map(({ State }) => sinceOf(State.StartedAt))
  const { text } = await api.text({ path: '/events', query: { since, until, filters }, signal })
  const said = /"exitCode":"(\d{1,3})"/.exec(text.trim().split('\n').at(-1)!)
  return said && Number(said[1])
}

const look = async (api: DockerApi, id: string, signal: AbortSignal): Promise<ContainerReply | null> =>
  (await readContainer(api, id, signal))?.reply ?? null

async function nextStart(api: DockerApi, events: IncomingMessage, id: string, signal: AbortSignal): Promise<ContainerReply | null> {
  for await (const line of splitLines(events, longestEvent))
    if (line.includes('"destroy"')) return null
    else return look(api, id, signal)
  throw new Error('the stream of events ended')
}
