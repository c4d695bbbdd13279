import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

const startTimeoutMs = 60_000
const stopTimeoutMs = 25_000

export interface Launch {
  args: string[]
  env: NodeJS.ProcessEnv
  /** Where it writes what it says. */
  log: string
  socket: string
  /** For people, in messages. */
  name: string
}

/** Starts a dockerd and waits until it answers; throws with the end of its log when it does not. */
export async function launch({ args, env, log, socket, name }: Launch): Promise<ChildProcess> {
  const output = openSync(log, 'a')
  // The daemon dies with the process that started it, however that one ends.
  const daemon = spawn('setpriv', ['--pdeathsig', 'TERM', 'dockerd', ...args], {
    stdio: ['ignore', output, output],
    env,
    // A Ctrl-C in a terminal reaches the whole group; it is for `stop` to end the daemon.
    detached: true,
  })
  const deadline = Date.now() + startTimeoutMs
  while (!(await answers(socket))) {
    if (daemon.exitCode !== null || Date.now() > deadline) {
      await end(daemon, 'SIGKILL')
      throw new Error(
        `${name} did not start in ${startTimeoutMs / 1000} s. The end of ${log}:\n${(await readFile(log, 'utf8')).slice(-3000)}`,
      )
    }
    await wait(50)
  }
  return daemon
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(socket, () => probe.write('GET /_ping HTTP/1.0\r\n\r\n'))
    probe.once('data', (data) => {
      resolve(data.toString().includes(' 200 '))
      probe.destroy()
    })
    probe.once('error', () => resolve(false))
    probe.once('end', () => resolve(false))
  })
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
