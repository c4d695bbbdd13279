import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'

const startTimeoutMs = 60_000
const stopTimeoutMs = 25_000

export interface Launch {
  program: string
  args: readonly string[]
  env?: NodeJS.ProcessEnv
  /** Where it writes what it says. */
  log: string
  answers(): Promise<boolean>
  /** What it gets when the process that started it ends, however that one ends. */
  orphaned?: 'TERM' | 'KILL'
  /** For people, in messages. */
  name: string
}

/** Starts a daemon and waits until it answers; throws with the end of its log when it does not. */
export async function launch({ program, args, env, log, answers, orphaned = 'TERM', name }: Launch): Promise<ChildProcess> {
  const output = openSync(log, 'a')
  const daemon = spawn('setpriv', ['--pdeathsig', orphaned, program, ...args], {
    stdio: ['ignore', output, output],
    env,
    // A Ctrl-C in a terminal reaches the whole group; it is for `stop` to end the daemon.
    detached: true,
  })
  closeSync(output)
  const deadline = Date.now() + startTimeoutMs
  while (!(await answers())) {
    if (!isRunning(daemon) || Date.now() > deadline) {
      await end(daemon, 'SIGKILL')
      throw new Error(
        `${name} did not start in ${startTimeoutMs / 1000} s. The end of ${log}:\n${(await readFile(log, 'utf8')).slice(-3000)}`,
      )
    }
    await wait(50)
  }
  return daemon
}

export const isRunning = (daemon: ChildProcess): boolean => daemon.exitCode === null && daemon.signalCode === null

/** Waits for the end; a daemon that does not hear the signal is killed. */
export async function end(daemon: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (!isRunning(daemon)) return
  const exited = once(daemon, 'exit')
  daemon.kill(signal)
  const timer = setTimeout(() => daemon.kill('SIGKILL'), stopTimeoutMs)
  await exited
  clearTimeout(timer)
}
