import { setTimeout as wait } from 'node:timers/promises'
import { mostLinesAFrame } from '../../model/stream.ts'
import type { LogOptions } from '../engine.ts'
import { instantOf } from '../common/instants.ts'
import { LogCursor, LogResume, parseCursor } from '../common/log-cursor.ts'
import { LogText, type RawLine } from '../common/log-text.ts'
import type { KubernetesHttp } from './http.ts'
import { lookAtPod, podPath, statusOfContainer, type ContainerStatus as Status, type Pod } from './pod.ts'
import type { Part } from './log-merge.ts'

/** How often it is looked whether a container has begun, or begun again. */
const lookEveryMs = 1_000
/** API servers keep no count of streams: all that is read has one. */
const streams = 'o'

/** Of `containerd://3f0c…`: what cursors tell lives by. Null of one that never ran. */
const idOf = (status: Status | undefined): string | null => /:\/\/([0-9a-f]{12})/.exec(status?.containerID ?? '')?.[1] ?? null

/** The log of one container of a pod. */
export class ContainerLog {
  readonly #api: KubernetesHttp
  readonly #pod: Pod
  readonly #container: string
  readonly #options: LogOptions
  #cursor: LogCursor | null = null

  constructor(api: KubernetesHttp, pod: Pod, container: string, options: LogOptions) {
    this.#api = api
    this.#pod = pod
    this.#container = container
    this.#options = options
  }

  /** Where to go on; empty before the first line. */
  get cursor(): string {
    return this.#cursor?.toString() ?? ''
  }

  /** Counts a line that was told. */
  readonly told = (line: RawLine): void => this.#cursor?.add(line)

  /** Its lines, over its restarts, until the pod is gone or will not run it again. `cursor` is where to go on behind. */
  async *read(cursor: string | undefined, signal: AbortSignal): AsyncGenerator<Part> {
    let pod: Pod | null = this.#pod
    let status = this.#statusIn(pod)
    let position = cursor ? parseCursor(cursor) : null
    let since = this.#options.since
    let tail = this.#options.tail
    while (pod) {
      const id = idOf(status)
      if (!id) {
        if (!this.#options.follow) return
        ;({ pod, status } = await this.#nextLife(null, signal))
        continue
      }
      const isSameLife = position?.container === id
      if (position && !isSameLife) yield this.#started(status!)
      const resume = position && isSameLife ? new LogResume(position, streams) : null
      const from = resume ? position!.anchor : position ? undefined : since
      this.#cursor = new LogCursor(id, streams, tail === undefined || resume ? (from ?? '') : null)
      yield* this.#readLife(from, resume || position ? undefined : tail, resume, signal)
      if (!this.#options.follow) return
      const ended = await this.#look(signal)
      const last = ended && endOf(this.#statusIn(ended), id)
      if (last)
        yield {
          type: 'mark',
          at: instantOf(last.finishedAt ?? '') ?? new Date(0).toISOString(),
          mark: 'ended',
          params: { exitCode: last.exitCode },
        }
      // Nothing of the next life is told yet, so all of it is read.
      position = null
      since = undefined
      tail = undefined
      ;({ pod, status } = await this.#nextLife(last ? id : null, signal))
      if (pod && idOf(status) !== id) yield this.#started(status!)
      else if (pod) position = parseCursorOrNull(this.cursor)
    }
  }

  async *#readLife(
    from: string | undefined,
    tail: number | undefined,
    resume: LogResume | null,
    signal: AbortSignal,
  ): AsyncGenerator<Part> {
    const { namespace = '', name } = this.#pod.metadata
    const stream = await this.#api.stream({
      path: `${podPath(namespace, name)}/log`,
      query: {
        container: this.#container,
        follow: this.#options.follow || undefined,
        timestamps: true,
        // The API server takes whole seconds.
        sinceTime: from && `${from.slice(0, 19)}Z`,
        tailLines: tail,
      },
      headers: { accept: '*/*' },
      signal,
    })
    const text = new LogText()
    const take = (lines: RawLine[]) => this.#partsOf(from ? lines.filter(({ at }) => at >= from) : lines, resume)
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) yield* take(text.push(chunk))
      yield* take(text.end())
    } catch (failure) {
      throw this.#api.explain(failure, signal)
    } finally {
      stream.destroy()
    }
  }

  *#partsOf(all: RawLine[], resume: LogResume | null): Generator<Part> {
    const { lines, gap } = resume ? resume.take(all) : { lines: all, gap: null }
    if (gap) yield { type: 'mark', at: gap.to, mark: 'gap', params: gap }
    const fresh = new Set(lines)
    // Dropped lines count too: the cursor stands in the engine's log, not in what was shown.
    for (const line of all) if (!fresh.has(line)) this.told(line)
    for (let at = 0; at < lines.length; at += mostLinesAFrame) yield { type: 'lines', lines: lines.slice(at, at + mostLinesAFrame) }
  }

  /** Waits for another life than the one of this id; null for the pod when there will be none. */
  async #nextLife(ended: string | null, signal: AbortSignal): Promise<{ pod: Pod | null; status: Status | undefined }> {
    for (;;) {
      const pod = await this.#look(signal)
      const status = pod ? this.#statusIn(pod) : undefined
      const id = idOf(status)
      if (!pod || pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed') return { pod: null, status }
      if (id && id !== ended) return { pod, status }
      await wait(lookEveryMs, undefined, { signal })
    }
  }

  #statusIn(pod: Pod): Status | undefined {
    return statusOfContainer(pod, this.#container)
  }

  #started(status: Status): Part {
    const at = instantOf(status.state?.running?.startedAt ?? status.lastState?.terminated?.startedAt ?? '')
    return {
      type: 'mark',
      at: at ?? new Date(0).toISOString(),
      mark: 'started',
      params: { container: this.#container, restarts: status.restartCount },
    }
  }

  /** The pod as it is now; null when it is gone, or another one under its name. */
  async #look(signal: AbortSignal): Promise<Pod | null> {
    const { namespace = '', name, uid } = this.#pod.metadata
    const pod = await lookAtPod(this.#api, namespace, name, signal)
    return pod?.metadata.uid === uid ? pod : null
  }
}

/** How the life of this id ended, if it has. */
function endOf(status: Status | undefined, id: string) {
  const ends = [status?.state?.terminated, status?.lastState?.terminated]
  return ends.find((end) => end && (end.containerID ?? '').includes(id)) ?? null
}

const parseCursorOrNull = (cursor: string) => (cursor ? parseCursor(cursor) : null)
