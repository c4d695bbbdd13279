import { sealSecrets } from '../../../lib/access/secrets.ts'
import type { Engine, Observed } from '../../../lib/engines/engine.ts'
import { canary, type Bench, type Candidate } from '../bench.ts'
import { missingForDocker, releases, type Release } from './releases.ts'
import { missingForSsh, startSshd } from '../ssh/start.ts'
import { startDocker } from './start.ts'

export const dockerCandidates: Candidate[] = [
  ...releases.map((release) => ({
    title: `Docker ${release}`,
    missing: missingForDocker(release),
    start: (engine: Engine) => dockerBench(engine, release),
  })),
  { title: 'Docker 20.10 over SSH', missing: missingForDocker() ?? missingForSsh(), start: overSsh },
]

/** The same engine, reached through a real sshd. */
async function overSsh(engine: Engine): Promise<Bench> {
  const sshd = await startSshd()
  const { host, port, key } = sshd
  const secrets = sealSecrets({ sshKey: key.privateKey })
  const bench = await dockerBench(engine, '20.10', (path) => engine.connect({ transport: 'ssh', host, port, user: 'root', path }, secrets))
  return {
    ...bench,
    async stop() {
      await bench.stop()
      await sshd.stop()
    },
  }
}

/** Waits for ever and ends at once when told to. */
export const patient = ['--stop-signal', 'KILL', 'portolan/busybox:1', 'sleep', '1000']

async function dockerBench(
  engine: Engine,
  release: Release,
  connect = (path: string) => engine.connect({ transport: 'socket', path }, null),
): Promise<Bench> {
  const dockerd = await startDocker({ release, name: `dockerd ${release} of the contract` })
  const { docker } = dockerd
  const run = async (name: string, ...options: string[]) => void (await docker(['run', '--detach', '--name', name, ...options, ...patient]))
  const create = async (name: string) => void (await docker(['create', '--name', name, ...patient]))
  const paused = async (name: string) => {
    await run(name)
    await docker(['pause', name])
  }
  const status = (wanted: string) => (after: Observed | null) => after?.summary.facts['status'] === wanted
  const isGone = (after: Observed | null) => after === null
  const tagged = async (name: string) => void (await docker(['commit', await docker(['create', 'portolan/busybox:1']), name]))
  return {
    connect: () => connect(dockerd.socket),
    restart: () => dockerd.restart(),
    stop: () => dockerd.stop(),
    mainProgram: async (name) =>
      void (await docker(['run', '--detach', '--interactive', '--tty', '--name', name, 'portolan/busybox:1', 'sh'])),
    asleep: create,
    secretive: { kind: 'docker/containers', hidden: /DB_PASSWORD=•[0-9a-f]{8}/ },
    survivor: { kind: 'docker/containers', stateAfter: 'stopped' },
    refused: { kind: 'docker/containers', action: 'stop', input: { graceSeconds: -1 } },
    terminalAs: true,
    measures: { usage: true, disk: true },
    specimens: {
      'docker/containers': {
        make: (name) => run(name, '--env', `DB_PASSWORD=${canary}`, '--label', `api-token=${canary}`),
        destroy: async (name) => void (await docker(['rm', '--force', name])),
        actions: {
          start: { prepare: create, done: status('running'), blocked: run },
          stop: { prepare: run, input: { graceSeconds: 1 }, done: status('exited'), blocked: create },
          restart: { prepare: run, input: { graceSeconds: 0 }, done: status('running'), blocked: paused },
          pause: { prepare: run, done: status('paused'), blocked: paused },
          unpause: { prepare: paused, done: status('running'), blocked: run },
          kill: { prepare: run, input: { signal: 'SIGKILL' }, done: status('exited'), blocked: create },
          rename: { prepare: run, input: { name: 'renamed' }, done: isGone },
          remove: { prepare: run, input: { force: true, volumes: true }, done: isGone },
        },
      },
      'docker/images': {
        make: tagged,
        destroy: async (name) => void (await docker(['rmi', name])),
        actions: {
          remove: {
            prepare: tagged,
            done: isGone,
            blocked: async (name) => {
              await tagged(name)
              await docker(['create', name])
            },
          },
        },
      },
      'docker/volumes': {
        make: async (name) => void (await docker(['volume', 'create', name])),
        destroy: async (name) => void (await docker(['volume', 'rm', name])),
        actions: {
          remove: {
            prepare: async (name) => void (await docker(['volume', 'create', name])),
            done: isGone,
            blocked: async (name) => void (await docker(['create', '--volume', `${name}:/data`, 'portolan/busybox:1'])),
          },
        },
      },
      'docker/networks': {
        make: async (name) => void (await docker(['network', 'create', name])),
        destroy: async (name) => void (await docker(['network', 'rm', name])),
        actions: {
          remove: {
            prepare: async (name) => void (await docker(['network', 'create', name])),
            done: isGone,
            blocked: async (name) => {
              await docker(['network', 'create', name])
              await run(`${name}-lodger`, '--network', name)
            },
          },
        },
      },
    },
  }
}
