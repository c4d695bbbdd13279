// `npm run admin-link`: for whoever runs the server and is locked out. Prints a one-time link for one more administrator.
import { chooseDataDir } from './steps/data.mjs'
import { node } from './steps/root.mjs'
import { run } from './steps/run.mjs'
import { Problem, say } from './steps/say.mjs'

const explain = (output) => {
  const line = output.split('\n').find((one) => one.startsWith('{"problem"'))
  return line ? JSON.parse(line).problem : `The link could not be made.\n${output.slice(-4_000)}`
}

try {
  const env = { PORTOLAN_DATA: chooseDataDir(), NODE_ENV: 'production' }
  const { link, hours } = JSON.parse(await run(node, ['scripts/make-admin-link.ts'], { env, explain }))
  say(`Open this within ${hours} h to make an account that administers Portolan; it works once:\n  ${link}`)
} catch (error) {
  say(`✗ ${error instanceof Problem ? error.message : error.stack}`)
  process.exitCode = 1
}
