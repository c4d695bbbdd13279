import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { AppError, isAppError } from '../../errors/index.ts'
import type { TerminalSize } from '../../model/terminal.ts'
import type { EngineTerminal, TerminalEnd, TerminalOptions } from '../engine.ts'
import type { DockerApi } from './api.ts'
import { readContainer } from './follow.ts'
import { requireContainer } from './read.ts'
import type { ContainerReply } from './replies.ts'
import { findShell } from './shell.ts'
import { unframe } from './unframe.ts'

/**
 * Docker lets go of a terminal at Ctrl-P Ctrl-Q unless told otherwise, and so holds back each Ctrl-P; nobody types these.
 * @see https://github.com/moby/term/blob/v0.5.0/proxy.go
 */
const detachKeys = 'ctrl-^,ctrl-_,ctrl-^,ctrl-_,ctrl-^'
/** Written and not yet read by the program. */
const mostUnread = 256 * 1024
const killed = 137
/** A container is told to have ended a little after what ran in it. */
const settleMs = 2_000
const lookEveryMs = 50
/** What it has to end by itself before it is made to. */
const graceMs = 1_000
const interruptAndEnd = Buffer.from([3, 4])

const Exec = z.object({ Id: z.string().min(1) })
const ExecState = z.object({ Running: z.boolean(), ExitCode: z.number().nullable().catch(null) })

const blocked = (code: 'not-running' | 'is-paused', name: string) =>
  new AppError('blocked', `${name} is not running.`, { reason: { code }, details: { blocked: code } })

/** Opens a terminal in a container, or joins its main program. See `Connection.terminal`. */
export async function openTerminal(api: DockerApi, name: string, options: TerminalOptions, signal: AbortSignal): Promise<EngineTerminal> {
  const { reply: container } = await requireContainer(api, name, signal)
  if (container.Id !== options.uid)
    throw new AppError('conflict', `${name} was made anew in the meantime; look at it again.`, {
      reason: { code: 'another-life', params: { name } },
    })
  if (container.State.Status !== 'running') throw blocked(container.State.Status === 'paused' ? 'is-paused' : 'not-running', name)
  return options.mode === 'attach' ? attach(api, container, options.size, signal) : exec(api, container, name, options, signal)
}

async function exec(
  api: DockerApi,
  { Id: id }: ContainerReply,
  name: string,
  { command, user, workingDirectory, size }: TerminalOptions,
  signal: AbortSignal,
): Promise<EngineTerminal> {
  const shell = command ? null : await findShell(api, id, name, signal)
  const program = command ?? [shell!]
  const mark = `PORTOLAN_TERMINAL=${randomUUID()}`
  const asked = {
    Tty: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    DetachKeys: detachKeys,
    Env: ['TERM=xterm-256color', mark],
    Cmd: program,
    User: user ?? undefined,
    WorkingDir: workingDirectory ?? undefined,
  }
  const { Id: execId } = await api.read(Exec, { method: 'POST', path: `/containers/${id}/exec`, body: asked, signal })
  const socket = await api.hijack({ method: 'POST', path: `/exec/${execId}/start`, body: { Detach: false, Tty: true }, signal })
  const terminal = over(api, socket, {
    resizePath: `/exec/${execId}/resize`,
    ended: () => endOfExec(api, execId, id),
    // Whatever keeps it from hanging up, nobody listens any more.
    close: () => void hangUp(api, socket, id, mark, shell ?? '/bin/sh').catch(() => socket.destroy()),
  })
  await terminal.resize(size).catch(ignoreEnded)
  return { ...terminal, program: program[0] ?? null }
}

async function attach(api: DockerApi, container: ContainerReply, size: TerminalSize, signal: AbortSignal): Promise<EngineTerminal> {
  const { Id: id } = container
  const query = { stream: true, stdin: true, stdout: true, stderr: true, detachKeys }
  const socket = await api.hijack({ method: 'POST', path: `/containers/${id}/attach`, query, signal })
  const tty = container.Config.Tty
  const terminal = over(api, socket, {
    resizePath: tty ? `/containers/${id}/resize` : null,
    ended: () => endOfContainer(api, id),
    close: () => socket.destroy(),
  })
  await terminal.resize(size).catch(ignoreEnded)
  return { ...terminal, output: tty ? terminal.output : unframe(terminal.output), program: null }
}

/** What ended already, or could not even begin, has no size; each release of Docker says so by another status. */
const ignoreEnded = (failure: unknown): void => {
  if (!isAppError(failure) || !['not_found', 'conflict', 'engine_failed', 'invalid_input'].includes(failure.code)) throw failure
}

interface Means {
  /** Null: it has no size. */
  resizePath: string | null
  ended(): Promise<TerminalEnd>
  close(): void
}

function over(api: DockerApi, socket: Duplex, { resizePath, ended, close }: Means): Omit<EngineTerminal, 'program'> {
  let letGo = false
  const unaborted = new AbortController().signal
  // A failure is told to whoever reads; without a listener it would end this process.
  socket.on('error', () => undefined)
  async function* output(): AsyncGenerator<Uint8Array> {
    try {
      yield* socket as AsyncIterable<Uint8Array>
    } catch (failure) {
      if (!letGo) throw api.http.explain(failure, unaborted)
    }
  }
  return {
    output: output(),
    close() {
      letGo = true
      return close()
    },
    write(bytes) {
      if (socket.destroyed || socket.writableLength > mostUnread) return false
      socket.write(bytes)
      return true
    },
    async resize({ columns, rows }) {
      if (resizePath) await api.text({ method: 'POST', path: resizePath, query: { w: columns, h: rows }, signal: unaborted })
    },
    ended,
  }
}

async function endOfExec(api: DockerApi, execId: string, containerId: string): Promise<TerminalEnd> {
  const { signal } = new AbortController()
  const look = async () =>
    api.read(ExecState, { path: `/exec/${execId}/json`, signal }).catch((failure: unknown) => {
      // With the container goes everything that ran in it.
      if (isAppError(failure) && failure.code === 'not_found') return null
      throw failure
    })
  let state = await look()
  for (const until = performance.now() + settleMs; state?.Running && performance.now() < until; state = await look())
    await wait(lookEveryMs)
  const exitCode = state?.Running ? null : (state?.ExitCode ?? null)
  const resource = await endOfContainer(api, containerId, exitCode === killed || exitCode === null ? settleMs : 0)
  return resource.exitCode === null && state ? { what: 'program', exitCode } : resource
}

/** The container's end; without an exit code when it still runs after that time. */
async function endOfContainer(api: DockerApi, id: string, withinMs = settleMs): Promise<TerminalEnd> {
  const { signal } = new AbortController()
  for (const until = performance.now() + withinMs; ; await wait(lookEveryMs)) {
    const found = await readContainer(api, id, signal)
    if (!found) return { what: 'resource', exitCode: null }
    const { Status: status, ExitCode: exitCode } = found.reply.State
    if (status !== 'running' && status !== 'paused') return { what: 'resource', exitCode }
    if (performance.now() >= until) return { what: 'resource', exitCode: null }
  }
}

/**
 * Docker keeps running what nobody is attached to any more, and cannot end it: so it is asked to as a person would, then
 * everything that carries the mark of this terminal is hung up on, from inside.
 */
async function hangUp(api: DockerApi, socket: Duplex, containerId: string, mark: string, shell: string): Promise<void> {
  if (socket.destroyed) return
  const { signal } = new AbortController()
  const closed = once(socket, 'close', { signal: AbortSignal.timeout(graceMs) }).then(
    () => true,
    () => false,
  )
  socket.write(interruptAndEnd)
  if (await closed) return
  const script = `for p in /proc/[0-9]*; do grep -qs '${mark}' $p/environ && s="$s \${p#/proc/}"; done; kill -HUP $s; sleep 1; kill -KILL $s`
  const { Id: execId } = await api.read(Exec, {
    method: 'POST',
    path: `/containers/${containerId}/exec`,
    body: { Cmd: [shell, '-c', script], User: '0' },
    signal,
  })
  await api.json({ method: 'POST', path: `/exec/${execId}/start`, body: { Detach: true }, signal })
  socket.destroy()
}
