import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { node, root } from './root.mjs'
import { explanationIn, relay, say } from './say.mjs'

const backOffMs = [500, 1_000, 2_000, 5_000, 10_000, 30_000]
const steadyAfterMs = 60_000
/** A program ends with it when starting it again cannot help. */
const hopeless = 78

/** One program under supervision: started again, later and later, whenever it ends by itself. */
export class Program {
  #child = null
  #stopping = false
  #attempt = 0
  #retry = null
  #lastWords = null
  #ready = false

  /**
   * @param {{ name: string, file: string, env: Record<string, string>, onLine?: (entry: string) => void, onHopeless: (sentence: string) => void, mustStart?: boolean }} options
   *   `mustStart`: ending before `markReady` is hopeless too
   */
  constructor(options) {
    this.options = options
  }

  /** From now on an end is an accident, and it is started again. */
  markReady() {
    this.#ready = true
  }

  start() {
    const { name, file, env, onLine } = this.options
    const startedAt = Date.now()
    this.#lastWords = null
    // A group of its own, so that Ctrl-C at the terminal reaches only this script, which ends them in order. The pipe at
    // its stdin closes when this script is gone, however it went.
    const child = spawn(node, [file], {
      cwd: root,
      env: { ...process.env, ...env, PORTOLAN_SUPERVISED: '1' },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    })
    this.#child = child
    child.stdin.on('error', () => undefined)
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        this.#lastWords = explanationIn(line) ?? this.#lastWords
        onLine?.(line)
        relay(name, line)
      })
    }
    child.on('error', (error) => say(`${name} could not be started: ${error.message}`))
    child.on('close', (code, signal) => this.#ended(code, signal, Date.now() - startedAt))
  }

  #ended(code, signal, livedMs) {
    this.#child = null
    if (this.#stopping) return
    const { name, onHopeless, mustStart } = this.options
    if (code === hopeless || (mustStart && !this.#ready)) return onHopeless(this.#lastWords ?? `${name} cannot run.`)
    if (livedMs > steadyAfterMs) this.#attempt = 0
    const delayMs = backOffMs[Math.min(this.#attempt++, backOffMs.length - 1)]
    say(`! ${name} ended unexpectedly (${signal ?? `code ${code}`}); it is started again in ${delayMs / 1000} s`)
    this.#retry = setTimeout(() => this.start(), delayMs)
  }

  /** Ends it and starts it again at once: its sources changed. */
  async restart() {
    await this.stop(5_000)
    this.#stopping = false
    this.start()
  }

  /** Asks it to end; after `withinMs` it is made to. */
  async stop(withinMs) {
    this.#stopping = true
    clearTimeout(this.#retry)
    const child = this.#child
    if (!child) return
    const closed = new Promise((resolve) => child.once('close', resolve))
    child.kill('SIGTERM')
    const force = setTimeout(() => child.kill('SIGKILL'), withinMs)
    await closed
    clearTimeout(force)
  }
}
