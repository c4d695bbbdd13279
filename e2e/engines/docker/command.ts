import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The docker command on the engine behind a socket; answers what it printed. */
export const dockerAt =
  (socket: string) =>
  async (...args: readonly string[]): Promise<string> =>
    (await run('docker', ['-H', `unix://${socket}`, ...args])).stdout.trim()
