import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** A web or a sync as a process of its own, which a test kills and starts again. */
export class Program {
  /** How it ended when nobody killed it. */
  readonly accidents: string[] = []
  kills = 0
  readonly #file: string
  readonly #env: NodeJS.ProcessEnv
  readonly #output: 'ignore' | number
  #child: ChildProcess | null = null

  /** `output` is a descriptor that what it says is written to. */
  constructor(file: 'server.ts' | 'sync.ts', env: Record<string, string>, output: 'ignore' | number = 'ignore') {
    this.#file = file
    this.#env = { ...process.env, NODE_ENV: 'production', ...env }
    this.#output = output
  }

  get pid(): number {
    const pid = this.#child?.pid
    if (pid === undefined) throw new Error(`${this.#file} does not run.`)
    return pid
  }

  start(): void {
    const child = spawn(process.execPath, [this.#file], { cwd: root, env: this.#env, stdio: ['ignore', this.#output, this.#output] })
    this.#child = child
    child.once('exit', (code, signal) => {
      if (this.#child === child) this.accidents.push(`${this.#file} ended by itself: ${signal ?? code}`)
    })
  }

  /** As `kill -9`: it has ended when this resolves. */
  async kill(): Promise<void> {
    const child = this.#child
    this.#child = null
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    this.kills++
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }
}
