import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'
import { run } from './run.mjs'
import { say } from './say.mjs'

function find(program) {
  for (const folder of [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin']) {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return join(folder, program)
    } catch {
      continue // Not in this folder; the next one may have it.
    }
  }
  return null
}

/** What the tests need of the machine, and the Debian package that brings it. */
const needs = [
  ['dockerd', 'docker.io'],
  ['docker', 'docker.io'],
  ['iptables', 'iptables'],
  ['ip', 'iproute2'],
  ['openssl', 'openssl'],
  ['busybox', 'busybox-static'],
  ['chromium', 'chromium'],
]
const fonts = ['fonts-liberation', 'fonts-noto-color-emoji']

/** The browser of the end-to-end tests: PORTOLAN_CHROMIUM, Debian's, or Chrome. */
export const findChromium = () => process.env.PORTOLAN_CHROMIUM ?? find('chromium') ?? find('chromium-browser') ?? find('google-chrome')

/** On Debian as root: installs what is missing. Elsewhere what is missing is named where it is needed. */
export async function prepareMachine() {
  const missing = [...new Set(needs.filter(([program]) => !find(program)).map(([, name]) => name))]
  if (missing.length === 0) return true
  if (process.getuid?.() !== 0 || !find('apt-get')) {
    say(`Missing on this machine, and not installed without root and apt-get: ${missing.join(', ')}.`)
    return process.env.CI !== 'true'
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const explain = (output) => `apt-get could not install ${missing.join(', ')}: ${output.trim().split('\n').at(-1)}`
  say(`Installing ${missing.join(', ')} …`)
  await run('apt-get', ['update', '-q'], { env, explain })
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...missing, ...(missing.includes('chromium') ? fonts : [])], {
    env,
    explain,
  })
  return true
}
