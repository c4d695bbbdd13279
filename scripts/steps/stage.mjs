import { spawn } from 'node:child_process'
import { root } from './root.mjs'
import { say } from './say.mjs'

/** Runs a program with its output on the screen; answers whether it succeeded. */
export function show(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] })
    child.on('error', (error) => {
      say(`${command} could not be started: ${error.message}`)
      resolve(false)
    })
    child.on('close', (code) => resolve(code === 0))
  })
}

const secondsOf = (ms) => `${(ms / 1000).toFixed(1)} s`

/** Stages one after the other, each with its time; a failing one is named again at the end. */
export class Stages {
  #done = []

  /** `run` answers true, or throws or answers false when the stage failed. */
  async run(name, run) {
    say(`\n── ${name} ──`)
    const startedAt = Date.now()
    let passed = false
    try {
      passed = (await run()) !== false
    } catch (error) {
      say(error.message)
    }
    const ms = Date.now() - startedAt
    this.#done.push({ name, passed, ms })
    say(`${passed ? '✓' : '✗'} ${name}: ${secondsOf(ms)}`)
    return passed
  }

  /** A stage that this machine cannot run, and why. */
  skip(name, reason) {
    say(`\n── ${name} ──\nSKIPPED: ${reason}`)
    this.#done.push({ name, passed: true, skipped: reason, ms: 0 })
  }

  get failed() {
    return this.#done.filter(({ passed }) => !passed).map(({ name }) => name)
  }

  report() {
    say('\nStages')
    for (const { name, passed, skipped, ms } of this.#done) {
      say(`  ${passed ? (skipped ? '–' : '✓') : '✗'} ${name.padEnd(28)} ${skipped ? `skipped: ${skipped}` : secondsOf(ms).padStart(9)}`)
    }
  }
}
