import type { Duplex } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { AppError } from '../../errors/index.ts'
import type { EngineTerminal, TerminalEnd, TerminalOptions } from '../engine.ts'
import type { KubernetesHttp } from './http.ts'
import { lookAtPod, podPath, statusOfContainer, type Pod } from './pod.ts'

/** @see https://kubernetes.io/docs/reference/using-api/api-concepts/#streaming: the first byte of each message says which stream it is of. */
const channels = { input: 0, output: 1, errors: 2, end: 3, size: 4 } as const

/** From the most comfortable to the plainest. */
const shells = ['/bin/bash', '/usr/bin/bash', '/bin/zsh', '/bin/ash', '/bin/sh', '/busybox/sh']
/** A program that cannot be started says so at once; one that says nothing for so long runs. */
const startedAfterMs = 1_500
/** Written and not yet read by the program. */
const mostUnread = 256 * 1024
/** A container is told to have ended a little after what ran in it. */
const settleMs = 2_000
const lookEveryMs = 100

const Ended = z.object({
  status: z.string(),
  message: z.string().default(''),
  details: z
    .object({ causes: z.array(z.object({ reason: z.string().optional(), message: z.string().optional() })).default([]) })
    .optional(),
})
type Ended = z.infer<typeof Ended>

const isMissing = ({ message }: Ended): boolean => /no such file or directory|executable file not found|not found in \$PATH/.test(message)

/** Opens a terminal in a pod, or joins its main program. See `Connection.terminal`. */
export async function openTerminal(
  api: KubernetesHttp,
  { namespace, name }: { namespace: string; name: string },
  options: TerminalOptions,
  signal: AbortSignal,
): Promise<EngineTerminal> {
  const pod = await lookAtPod(api, namespace, name, signal)
  if (!pod)
    throw new AppError('not_found', `There is no pod ${name} any more.`, { reason: { code: 'engine-has-it-no-more', params: { name } } })
  if (pod.metadata.uid !== options.uid)
    throw new AppError('conflict', `${name} was made anew in the meantime; look at it again.`, {
      reason: { code: 'another-life', params: { name } },
    })
  if (options.user !== null || options.workingDirectory !== null)
    throw new AppError(
      'invalid_input',
      'Kubernetes runs a program as the container does: it takes neither a user nor a working directory.',
      {
        reason: { code: 'exec-as-container' },
      },
    )
  const container = mainContainer(pod)
  if (!statusOfContainer(pod, container)?.state?.running)
    throw new AppError('blocked', `${name} is not running.`, { reason: { code: 'not-running' }, details: { blocked: 'not-running' } })
  return options.mode === 'attach' ? attach(api, pod, container, options, signal) : exec(api, pod, container, options, signal)
}

/** The one that its author names for tools, or the first. @see https://kubernetes.io/docs/reference/labels-annotations-taints/#kubectl-kubernetes-io-default-container */
function mainContainer({ metadata, spec }: Pod): string {
  const names = (spec?.containers ?? []).map((container) => container.name)
  const wanted = metadata.annotations?.['kubectl.kubernetes.io/default-container']
  return (wanted && names.includes(wanted) ? wanted : names[0]) ?? ''
}

async function exec(
  api: KubernetesHttp,
  pod: Pod,
  container: string,
  options: TerminalOptions,
  signal: AbortSignal,
): Promise<EngineTerminal> {
  const { name } = pod.metadata
  const wanted = options.command ? [options.command] : shells.map((shell) => [shell])
  for (const command of wanted) {
    const query = new URLSearchParams({ container, stdin: 'true', stdout: 'true', tty: 'true' })
    for (const word of command) query.append('command', word)
    const stream = await open(api, pod, `exec?${query}`, signal)
    stream.resize(options.size)
    if (!(await stream.failsToStart())) return stream.terminal(command[0] ?? null, () => endIn(api, pod, container, stream))
    stream.close()
  }
  throw options.command
    ? new AppError('blocked', `${name} holds no ${options.command[0]}.`, {
        reason: { code: 'no-such-program', params: { name, program: options.command[0] ?? '' } },
      })
    : new AppError('blocked', `${name} holds no shell. Name a program that it holds.`, { reason: { code: 'no-shell', params: { name } } })
}

async function attach(
  api: KubernetesHttp,
  pod: Pod,
  container: string,
  { size }: TerminalOptions,
  signal: AbortSignal,
): Promise<EngineTerminal> {
  const { tty = false, stdin = false } = pod.spec?.containers.find((one) => one.name === container) ?? {}
  const query = new URLSearchParams({ container, stdin: String(stdin), stdout: 'true', stderr: String(!tty), tty: String(tty) })
  const stream = await open(api, pod, `attach?${query}`, signal)
  if (tty) stream.resize(size)
  return stream.terminal(null, () => endOfMain(api, pod, container, stream))
}

async function open(api: KubernetesHttp, { metadata }: Pod, action: string, signal: AbortSignal): Promise<PodStream> {
  const path = `${podPath(metadata.namespace ?? '', metadata.name)}/${action}`
  return new PodStream(api, await api.webSocket({ path, signal }, 'v5.channel.k8s.io'))
}

/** One WebSocket of the API, on which several streams are told apart by their first byte. */
class PodStream {
  readonly #api: KubernetesHttp
  readonly #messages: Duplex
  readonly #ended = Promise.withResolvers<Ended | null>()
  readonly #spoke = Promise.withResolvers<void>()
  readonly #output: AsyncGenerator<Uint8Array>
  /** Read while it was waited whether the program starts. */
  readonly #first: Promise<IteratorResult<Uint8Array, void>>
  #letGo = false

  constructor(api: KubernetesHttp, messages: Duplex) {
    this.#api = api
    this.#messages = messages
    // A failure is told to whoever reads; without a listener it would end this process.
    messages.on('error', () => undefined)
    this.#ended.promise.catch(() => undefined)
    this.#output = this.#read()
    this.#first = this.#output.next()
    this.#first.catch(() => undefined)
  }

  /** Whether there is no such program. */
  async failsToStart(): Promise<boolean> {
    const over = new AbortController()
    const ended = await Promise.race([
      this.#ended.promise,
      this.#spoke.promise.then(() => null),
      wait(startedAfterMs, null, { signal: over.signal }),
    ]).finally(() => over.abort())
    return ended !== null && ended.status !== 'Success' && isMissing(ended)
  }

  resize({ columns, rows }: { columns: number; rows: number }): void {
    this.#send(channels.size, Buffer.from(JSON.stringify({ Width: columns, Height: rows })))
  }

  /** How the program ended; null when the connection ended without a word of it. Rejects with the engine's failure. */
  get ended(): Promise<Ended | null> {
    return this.#ended.promise
  }

  close(): void {
    this.#letGo = true
    this.#messages.destroy()
  }

  terminal(program: string | null, ended: () => Promise<TerminalEnd>): EngineTerminal {
    return {
      program,
      output: this.#all(),
      write: (bytes) => this.#messages.writableLength <= mostUnread && this.#send(channels.input, bytes),
      resize: async (size) => this.resize(size),
      ended,
      close: () => this.close(),
    }
  }

  #send(channel: number, bytes: Uint8Array): boolean {
    if (!this.#messages.writable) return false
    this.#messages.write(Buffer.concat([Buffer.of(channel), bytes]))
    return true
  }

  async *#all(): AsyncGenerator<Uint8Array> {
    const first = await this.#first
    if (first.done) return
    yield first.value
    yield* this.#output
  }

  async *#read(): AsyncGenerator<Uint8Array, void> {
    try {
      for await (const message of this.#messages as AsyncIterable<Buffer>) {
        const [channel] = message
        if (channel === channels.end) this.#ended.resolve(parseEnded(message.subarray(1)))
        else if ((channel === channels.output || channel === channels.errors) && message.length > 1) {
          this.#spoke.resolve()
          yield message.subarray(1)
        }
      }
      this.#ended.resolve(null)
    } catch (failure) {
      const told = this.#api.explain(failure, new AbortController().signal)
      this.#ended.reject(told)
      if (!this.#letGo) throw told
    }
  }
}

function parseEnded(text: Buffer): Ended | null {
  try {
    return Ended.safeParse(JSON.parse(text.toString('utf8'))).data ?? null
  } catch (cause) {
    if (cause instanceof SyntaxError) return null
    throw cause
  }
}

/** How it ended: the program by itself, or with the container that it was in. */
async function endIn(api: KubernetesHttp, before: Pod, container: string, stream: PodStream): Promise<TerminalEnd> {
  const ended = await stream.ended
  const cause = ended?.details?.causes.find(({ reason }) => reason === 'ExitCode')
  const exitCode = ended?.status === 'Success' ? 0 : cause ? Number(cause.message) : null
  // Only what was killed or cut off can have gone with its container.
  const mayBeGone = exitCode === null || exitCode > 128
  const resource = mayBeGone ? await endOfContainer(api, before, container) : null
  return resource ?? { what: 'program', exitCode }
}

/** The main program ends with its container, which alone tells the code; the stream ends well whatever it was. */
async function endOfMain(api: KubernetesHttp, before: Pod, container: string, stream: PodStream): Promise<TerminalEnd> {
  await stream.ended
  return (await endOfContainer(api, before, container)) ?? { what: 'program', exitCode: null }
}

async function endOfContainer(api: KubernetesHttp, before: Pod, container: string): Promise<TerminalEnd | null> {
  const { namespace = '', name, uid } = before.metadata
  const { signal } = new AbortController()
  const id = statusOfContainer(before, container)?.containerID
  for (const until = performance.now() + settleMs; ; await wait(lookEveryMs)) {
    const pod = await lookAtPod(api, namespace, name, signal)
    if (pod?.metadata.uid !== uid) return { what: 'resource', exitCode: null }
    const status = statusOfContainer(pod, container)
    const end = [status?.state?.terminated, status?.lastState?.terminated].find((one) => one?.containerID === id)
    if (end) return { what: 'resource', exitCode: end.exitCode }
    if (performance.now() >= until) return null
  }
}
