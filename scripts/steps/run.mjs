import { spawn } from 'node:child_process'
import { Problem } from './say.mjs'
import { root } from './root.mjs'

/** Runs a program to its end and answers what it printed. Rejects with `explain(output)` as one sentence when it fails. */
export function run(command, args, { env = {}, explain, cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let stdout = ''
    child.stdout.on('data', (text) => ((output += text), (stdout += text)))
    child.stderr.on('data', (text) => (output += text))
    child.on('error', (error) => reject(new Problem(explain?.(error.message) ?? error.message)))
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(stdout)
      const words = output.trim()
      reject(new Problem(explain?.(words) ?? `${command} ended with ${signal ?? code}.\n${words.slice(-4_000)}`))
    })
  })
}

export const isDiskFull = (text) => /ENOSPC|No space left on device/.test(text)
