// `npm run engines`: starts the engines of the tests for a developer, says how to connect, and ends them on Ctrl-C.
import { spawn } from 'node:child_process'
import { makeReady } from './steps/install.mjs'
import { prepareMachine } from './steps/machine.mjs'
import { node, root } from './steps/root.mjs'

await makeReady({ pages: false })
await prepareMachine()
const child = spawn(node, ['e2e/engines/hold.ts'], { cwd: root, stdio: 'inherit' })
// Ctrl-C reaches the child by itself; this script waits for its end.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('close', (code) => process.exit(code ?? 1))
