import { execFile } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { answersPing } from './ask.ts'
import { makeAuthority } from '../certificates.ts'
import { end, isRunning, launch } from '../daemon.ts'
import { importBusybox } from './images.ts'
import { configurationOf, environmentOf, missingForDocker, type Release } from './releases.ts'
import { takeDockerSlot, type DockerSlot } from './slot.ts'
import { freePort } from '../port.ts'

const run = promisify(execFile)

export interface StartOptions {
  /** Debian's unless another one is asked for. */
  release?: Release
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

/** Starts a real dockerd of its own: data, sockets, bridge and addresses; ends with this process. Needs root. */
export async function startDocker(options: StartOptions = {}): Promise<TestDocker> {
  const missing = missingForDocker(options.release)
  if (missing) throw new Error(`Cannot start Docker: ${missing}.`)
  const slot = await takeDockerSlot()
  try {
    return await startIn(slot, options)
  } catch (error) {
    await slot.release()
    throw error
  }
}

async function startIn(slot: DockerSlot, { release = '20.10', tls: withTls, name = 'dockerd' }: StartOptions): Promise<TestDocker> {
  const { directory } = slot
  await mkdir(directory, { recursive: true })
  const socket = join(directory, 'docker.sock')
  const log = `${directory}.log`
  await writeFile(join(directory, 'daemon.json'), JSON.stringify(configurationOf(release, directory)))
  const tls = withTls ? await prepareTls(join(directory, 'certificates')) : null
  const args = [...daemonArguments(slot, socket), ...(tls?.arguments ?? [])]
  const env = environmentOf(release)
  const start = async () => {
    // After a SIGKILL these name processes that have ended but may be zombies, which dockerd takes for living ones.
    for (const file of ['docker.pid', 'exec/containerd/containerd.pid']) await rm(join(directory, file), { force: true })
    return launch({ program: 'dockerd', args, env, log, answers: () => answersPing(socket), name })
  }
  let daemon = await start()
  await importBusybox(socket, directory)
  const docker = async (command: string[]) =>
    (await run('docker', ['-H', `unix://${socket}`, ...command], { env, maxBuffer: 2 ** 26 })).stdout.trim()
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

const daemonArguments = ({ directory, bridge, addressPool }: DockerSlot, socket: string): string[] => [
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
