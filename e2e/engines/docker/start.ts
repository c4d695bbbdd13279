import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { makeAuthority } from './certificates.ts'
import { importBusybox } from './images.ts'
import { takeSlot, type Slot } from './slot.ts'

const run = promisify(execFile)
const startTimeoutMs = 30_000
const stopTimeoutMs = 25_000

export interface StartOptions {
  /** The only one that Debian brings. */
  version?: '20.10'
  /** Also listens on TCP with TLS, and asks clients for a certificate. */
  tls?: boolean
  /** For people, in messages. */
  name?: string
}

/** PEM texts. `directory` holds them as docker expects them (ca.pem, cert.pem, key.pem). */
export interface Certificates {
  ca: string
  certificate: string
  key: string
}

export interface TestDocker {
  socket: string
  /** With `tls`: where it listens. */
  tcp?: { host: string; port: number }
  certificates?: Certificates
  /** The daemon's log; kept until the next engine takes this place. */
  log: string
  /** Ends the daemon, its containers and everything that it left. */
  stop(): Promise<void>
  /** Sends a signal to the daemon and waits until it has ended. */
  kill(signal: NodeJS.Signals): Promise<void>
  /** Ends the daemon (politely unless `kill` was used before) and starts it on the same data. */
  restart(): Promise<void>
  /** Runs the docker command on this engine and answers what it printed. */
  docker(args: string[]): Promise<string>
}

/** Why a test engine cannot start here, for people; null when it can. */
export function missingForDocker(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'dockerd needs Linux and root'
  for (const program of ['dockerd', 'docker', 'busybox', 'iptables', 'ip', 'openssl', 'setpriv', 'tar']) {
    try {
      execFileSync('which', [program], { stdio: 'ignore' })
    } catch (cause) {
      if ((cause as { status?: number }).status === undefined) throw cause
      return `${program} is not installed (Debian: apt-get install docker.io iptables busybox-static iproute2 openssl)`
    }
  }
  return null
}

/** Starts a real dockerd of its own: data, sockets, bridge and addresses; ends with this process. Needs root. */
export async function startDocker(options: StartOptions = {}): Promise<TestDocker> {
  const missing = missingForDocker()
  if (missing) throw new Error(`Cannot start Docker: ${missing}.`)
  const slot = await takeSlot()
  try {
    return await startIn(slot, options)
  } catch (error) {
    await slot.release()
    throw error
  }
}

async function startIn(slot: Slot, options: StartOptions): Promise<TestDocker> {
  const { directory } = slot
  await mkdir(directory, { recursive: true })
  const socket = join(directory, 'docker.sock')
  const log = `${directory}.log`
  // 20.10 takes its engine id from this key, which all daemons of a machine would share otherwise.
  await writeFile(join(directory, 'daemon.json'), JSON.stringify({ 'deprecated-key-path': join(directory, 'key.json') }))
  const tls = options.tls ? await prepareTls(join(directory, 'certificates')) : null
  const args = [...daemonArguments(slot, socket), ...(tls?.arguments ?? [])]
  const start = async () => {
    // After a SIGKILL these name processes that have ended but may be zombies, which dockerd takes for living ones.
    for (const file of ['docker.pid', 'exec/containerd/containerd.pid']) await rm(join(directory, file), { force: true })
    return launch(args, log, socket, options.name)
  }
  let daemon = await start()
  await importBusybox(socket, directory)
  const docker = async (command: string[]) =>
    (await run('docker', ['-H', `unix://${socket}`, ...command], { env: bareEnvironment(), maxBuffer: 2 ** 26 })).stdout.trim()
  return {
    socket,
    log,
    ...(tls ? { tcp: tls.tcp, certificates: tls.certificates } : {}),
    docker,
    kill: (signal) => end(daemon, signal),
    async restart() {
      await end(daemon, 'SIGTERM')
      daemon = await start()
    },
    async stop() {
      const running = isRunning(daemon) ? await docker(['ps', '--quiet']) : ''
      // Whatever grace they have is not waited for; one that has ended meanwhile is no failure, as it would be to `kill`.
      if (running) await docker(['rm', '--force', ...running.split('\n')])
      await end(daemon, 'SIGTERM')
      await slot.release()
    },
  }
}

const daemonArguments = ({ directory, bridge, addressPool }: Slot, socket: string): string[] => [
  '--data-root', join(directory, 'data'),
  '--exec-root', join(directory, 'exec'),
  '--pidfile', join(directory, 'docker.pid'),
  '--config-file', join(directory, 'daemon.json'),
  '--host', `unix://${socket}`,
  '--bridge', bridge,
  '--default-address-pool', addressPool,
  // Ports are published by the userland proxy alone, so that this machine's firewall stays as it is.
  '--iptables=false', '--ip6tables=false', '--ip-masq=false',
  '--shutdown-timeout', '1',
] // prettier-ignore

/** DOCKER_HOST and its like must not lead a test to somebody's own engine. */
const bareEnvironment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  DOCKER_HOST: undefined,
  DOCKER_CONTEXT: undefined,
  DOCKER_TLS_VERIFY: undefined,
  DOCKER_CERT_PATH: undefined,
})

async function launch(args: string[], log: string, socket: string, name = 'dockerd'): Promise<ChildProcess> {
  const output = openSync(log, 'a')
  // The daemon dies with the process that started it, however that one ends.
  const daemon = spawn('setpriv', ['--pdeathsig', 'TERM', 'dockerd', ...args], {
    stdio: ['ignore', output, output],
    env: bareEnvironment(),
    // A Ctrl-C in a terminal reaches the whole group; it is for `stop` to end the daemon.
    detached: true,
  })
  const deadline = Date.now() + startTimeoutMs
  while (!(await answers(socket))) {
    if (daemon.exitCode !== null || Date.now() > deadline) {
      await end(daemon, 'SIGKILL')
      throw new Error(
        `${name} did not start in ${startTimeoutMs / 1000} s. The end of ${log}:\n${(await readFile(log, 'utf8')).slice(-3000)}`,
      )
    }
    await wait(50)
  }
  return daemon
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(socket, () => probe.write('GET /_ping HTTP/1.0\r\n\r\n'))
    probe.once('data', (data) => {
      resolve(data.toString().includes(' 200 '))
      probe.destroy()
    })
    probe.once('error', () => resolve(false))
    probe.once('end', () => resolve(false))
  })
}

const isRunning = (daemon: ChildProcess): boolean => daemon.exitCode === null && daemon.signalCode === null

/** Waits for the end; a daemon that does not hear the signal is killed. */
async function end(daemon: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (!isRunning(daemon)) return
  const exited = once(daemon, 'exit')
  daemon.kill(signal)
  const timer = setTimeout(() => daemon.kill('SIGKILL'), stopTimeoutMs)
  await exited
  clearTimeout(timer)
}

async function prepareTls(directory: string) {
  const authority = await makeAuthority(directory, 'authority')
  const server = await authority.issue('server', { altNames: ['DNS:localhost', 'IP:127.0.0.1'], usage: 'serverAuth' })
  const client = await authority.issue('client', { usage: 'clientAuth' })
  const port = await freePort()
  return {
    tcp: { host: '127.0.0.1', port },
    certificates: { ca: authority.certificate, certificate: client.certificate, key: client.key },
    arguments: [
      '--host',
      `tcp://127.0.0.1:${port}`,
      '--tlsverify',
      '--tlscacert',
      authority.certificateFile,
      '--tlscert',
      server.certificateFile,
      '--tlskey',
      server.keyFile,
    ],
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
