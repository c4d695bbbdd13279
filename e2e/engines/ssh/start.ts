import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { openSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { end, isRunning } from '../daemon.ts'
import { freePort } from '../port.ts'

const run = promisify(execFile)
const sshd = '/usr/sbin/sshd'
const startTimeoutMs = 20_000

export interface SshKey {
  /** In OpenSSH's own format. */
  privateKey: string
  file: string
}

export interface TestSshd {
  host: string
  port: number
  /** Of the key that it shows: `SHA256:…`. */
  fingerprint(): Promise<string>
  /** May sign in as any user. */
  key: SshKey
  makeKey(name: string, options?: { passphrase?: string; type?: string; authorized?: boolean }): Promise<SshKey>
  /** Starts an ssh-agent that holds these keys; ends with `stop`. Answers its socket. */
  agent(keys: readonly SshKey[]): Promise<string>
  /** Ends it and every connection through it. */
  kill(): Promise<void>
  /** On the same port, with more configuration than the usual, or another host key. */
  restart(options?: { configuration?: string[]; newHostKey?: boolean }): Promise<void>
  stop(): Promise<void>
}

/** Why sshd cannot start here, for people; null when it can. */
export function missingForSsh(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'sshd for other users needs Linux and root'
  try {
    execFileSync('which', [sshd, 'ssh-keygen', 'ssh-agent', 'ssh-add'], { stdio: 'ignore' })
    return null
  } catch (cause) {
    if ((cause as { status?: number }).status === undefined) throw cause
    return 'sshd is not installed (Debian: apt-get install openssh-server)'
  }
}

/** Starts a real sshd of its own on loopback: configuration, keys, port; ends with this process. */
export async function startSshd(): Promise<TestSshd> {
  const directory = await mkdtemp(join(tmpdir(), 'portolan-sshd-'))
  // sshd reads who may sign in as the user who wants to.
  await chmod(directory, 0o755)
  // Where sshd puts itself while somebody signs in; the system's own service would make it.
  await mkdir('/run/sshd', { recursive: true })
  const port = await freePort()
  const hostKey = join(directory, 'host')
  const authorized = join(directory, 'authorized')
  const agents: ChildProcess[] = []
  await writeFile(authorized, '')

  const makeKey: TestSshd['makeKey'] = async (name, { passphrase = '', type = 'ed25519', authorized: may = true } = {}) => {
    const file = join(directory, name)
    await rm(file, { force: true })
    // Of RSA alone the length matters, to how long it takes to make one.
    await run('ssh-keygen', ['-q', '-t', type, ...(type === 'rsa' ? ['-b', '2048'] : []), '-N', passphrase, '-C', name, '-f', file])
    if (may) await writeFile(authorized, await readFile(`${file}.pub`), { flag: 'a' })
    return { file, privateKey: await readFile(file, 'utf8') }
  }

  const start = async (configuration: string[] = []): Promise<ChildProcess> => {
    const file = join(directory, 'sshd_config')
    await writeFile(file, [...configuration, ...configurationOf({ port, hostKey, authorized })].join('\n'))
    const output = openSync(join(directory, 'log'), 'a')
    const daemon = spawn('setpriv', ['--pdeathsig', 'TERM', sshd, '-D', '-e', '-f', file], { stdio: ['ignore', output, output] })
    const deadline = Date.now() + startTimeoutMs
    while (!(await answers(port))) {
      if (!isRunning(daemon) || Date.now() > deadline) {
        await end(daemon, 'SIGKILL')
        throw new Error(`sshd did not start. Its log:\n${await readFile(join(directory, 'log'), 'utf8')}`)
      }
      await wait(20)
    }
    return daemon
  }
  const kill = async () => {
    const carried = await descendantsOf(daemon.pid!)
    await end(daemon, 'SIGKILL')
    for (const pid of carried) killOne(pid)
  }

  await makeKey('host', { authorized: false })
  const key = await makeKey('person')
  let daemon = await start()
  return {
    host: '127.0.0.1',
    port,
    key,
    makeKey,
    kill,
    fingerprint: async () => (await run('ssh-keygen', ['-lf', `${hostKey}.pub`])).stdout.split(' ')[1]!,
    async agent(keys) {
      const socket = join(directory, `agent-${agents.length}.sock`)
      const agent = spawn('setpriv', ['--pdeathsig', 'TERM', 'ssh-agent', '-D', '-a', socket], { stdio: 'ignore' })
      agents.push(agent)
      const env = { ...process.env, SSH_AUTH_SOCK: socket }
      while (!(await answers(socket))) await wait(20)
      for (const { file } of keys) await run('ssh-add', [file], { env })
      return socket
    },
    async restart({ configuration, newHostKey } = {}) {
      await kill()
      if (newHostKey) await makeKey('host', { authorized: false })
      daemon = await start(configuration)
    },
    async stop() {
      await kill()
      for (const agent of agents) await end(agent, 'SIGTERM')
      await rm(directory, { recursive: true })
    },
  }
}

const configurationOf = ({ port, hostKey, authorized }: { port: number; hostKey: string; authorized: string }): string[] => [
  `Port ${port}`,
  'ListenAddress 127.0.0.1',
  `HostKey ${hostKey}`,
  `AuthorizedKeysFile ${authorized}`,
  'PidFile none',
  'StrictModes no',
  'UsePAM no',
  'PermitRootLogin prohibit-password',
  'PasswordAuthentication no',
  'KbdInteractiveAuthentication no',
  // What tests refuse and try again quickly is no attack.
  'MaxStartups 1000',
  // Any command would fail, so that nothing can lean on one.
  'ForceCommand /bin/false',
]

function answers(place: number | string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = typeof place === 'number' ? connect(place, '127.0.0.1') : connect(place)
    probe.once('connect', () => resolve(true))
    probe.once('error', () => resolve(false))
    probe.once('connect', () => probe.destroy())
  })
}

/** sshd has a process, or two, for each connection; they outlive it. */
async function descendantsOf(pid: number): Promise<number[]> {
  const parents = new Map<number, number>()
  for (const entry of await readdir('/proc')) {
    const stat = /^\d+$/.test(entry) ? await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '') : ''
    const parent = /^\d+ \(.*\) \S (\d+)/s.exec(stat)?.[1]
    if (parent) parents.set(Number(entry), Number(parent))
  }
  const isBelow = (one: number): boolean => {
    const parent = parents.get(one)
    return parent !== undefined && (parent === pid || isBelow(parent))
  }
  return [...parents.keys()].filter(isBelow)
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code !== 'ESRCH') throw failure
  }
}
