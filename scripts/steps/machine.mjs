import { accessSync, constants, existsSync } from 'node:fs'
import { join } from 'node:path'
import { docker29 } from '../engines/docker-29.mjs'
import { buildGoPrograms, isBuilt } from '../engines/go.mjs'
import { containerd, etcd, kubernetesByMinor } from '../engines/kubernetes.mjs'
import { run } from './run.mjs'
import { say, step } from './say.mjs'

function find(program) {
  if (program.startsWith('/')) return existsSync(program) ? program : null
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

const engines = [docker29, etcd, ...kubernetesByMinor.values(), containerd]

const postgres15 = '/usr/lib/postgresql/15/bin/postgres'

/** What the tests need of the machine, and the Debian package that brings it. */
const needs = [
  ['dockerd', 'docker.io'],
  ['docker', 'docker.io'],
  ['iptables', 'iptables'],
  ['ip', 'iproute2'],
  ['openssl', 'openssl'],
  ['sshd', 'openssh-server'],
  ['ssh-agent', 'openssh-client'],
  ['busybox', 'busybox-static'],
  ['runc', 'runc'],
  ['/usr/lib/cni/bridge', 'containernetworking-plugins'],
  ['chromium', 'chromium'],
  // Only its programs: the tests start a cluster of their own.
  [postgres15, 'postgresql-15'],
]
const fonts = ['fonts-liberation', 'fonts-noto-color-emoji']

/** The browser of the end-to-end tests: PORTOLAN_CHROMIUM, Debian's, or Chrome. */
export const findChromium = () => process.env.PORTOLAN_CHROMIUM ?? find('chromium') ?? find('chromium-browser') ?? find('google-chrome')

/** The oldest PostgreSQL that Portolan takes. */
export const hasPostgres15 = () => find(postgres15) !== null

/** Brings what the tests need of the machine; answers whether they can all run, or may be skipped by name. */
export async function prepareMachine() {
  const installed = await installPackages()
  return (await buildEngines()) && installed
}

/** On Debian as root: installs what is missing. Elsewhere what is missing is named where it is needed. */
async function installPackages() {
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

/** Engines that no package brings are built once for each version, which takes minutes. */
async function buildEngines() {
  // Engines need root, so building them for anybody else is of no use.
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return true
  const missing = engines.filter((programs) => !isBuilt(programs))
  if (missing.length === 0) return true
  if (!find('go')) {
    say(`Not built, and not tested against, as Go is missing on this machine: ${missing.map(({ title }) => title).join(', ')}.`)
    return process.env.CI !== 'true'
  }
  // One after the other, as each takes all cores and much memory.
  for (const programs of missing)
    await step(`building ${programs.title}, once, for about ${programs.minutes} min`, () => buildGoPrograms(programs))
  return true
}
