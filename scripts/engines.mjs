// `npm run engines`: starts an engine of the tests for a developer, says how to connect, and ends it on Ctrl-C.
//   npm run engines -- 29           another release than Debian's: 29, or 29-classic (with the classic image store)
//   npm run engines -- kubernetes   a cluster; kubernetes-1.35 for the other minor
import { spawn } from 'node:child_process'
import { makeReady } from './steps/install.mjs'
import { prepareMachine } from './steps/machine.mjs'
import { node, root } from './steps/root.mjs'

await makeReady({ pages: false })
await prepareMachine()
const child = spawn(node, ['e2e/engines/hold.ts', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
// Ctrl-C reaches the child by itself; this script waits for its end.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('close', (code) => process.exit(code ?? 1))
