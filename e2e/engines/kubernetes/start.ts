import { execFile, type ChildProcess } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { V1Node } from '@kubernetes/client-node'
import { end, launch } from '../daemon.ts'
import { freePort } from '../port.ts'
import type { Answer } from './ask.ts'
import { ask, makeCredentials, startApiServer, startController, startEtcd, type Part } from './control-plane.ts'
import { kubeconfigOf } from './kubeconfig.ts'
import { prepareNode } from './node.ts'
import { missingForKubernetes, programOf, type Minor } from './releases.ts'
import { takeKubernetesSlot, type KubernetesSlot } from './slot.ts'

const run = promisify(execFile)

export interface StartOptions {
  /** For people, in messages; also of the context of its kubeconfig. */
  name?: string
  /** The newest unless another one is asked for. */
  minor?: Minor
  /** With a node that runs pods; without one (`false`) it starts in a third of the time. */
  kubelet?: boolean
}

/** How to reach a cluster; plain data, so that tests of other processes can have it. */
export interface Access {
  name: string
  minor: Minor
  /** Of the API server, on loopback. */
  url: string
  /** PEM. */
  ca: string
  /** An administrator's. */
  token: string
  /** An administrator's, PEM. */
  clientCertificate: { certificate: string; key: string }
  /** Texts for an administrator, by certificate and by token. */
  kubeconfig: string
  kubeconfigWithToken: string
  /** The file of the latter. */
  kubeconfigFile: string
  /** Null without a kubelet. */
  nodeName: string | null
}

/** What a test does to a cluster behind Portolan's back. */
export interface Commands {
  /** Runs kubectl as administrator and answers what it printed. */
  kubectl(...args: readonly string[]): Promise<string>
  /** Creates or changes what a text of YAML or JSON holds. */
  apply(manifests: string): Promise<string>
}

export interface TestKubernetes extends Access, Commands {
  /** Sends a signal to the API server and waits until it has ended; everything else runs on. */
  kill(signal: NodeJS.Signals): Promise<void>
  /** Ends the API server (politely unless `kill` was used before) and starts it at the same address. */
  restart(): Promise<void>
  /** Ends the cluster, its pods and everything that it left. */
  stop(): Promise<void>
}

/** Starts a real cluster of its own: etcd, API server, controllers, scheduler and one node; ends with this process. Needs root. */
export async function startKubernetes(options: StartOptions = {}): Promise<TestKubernetes> {
  const missing = missingForKubernetes(options.minor)
  if (missing) throw new Error(`Cannot start Kubernetes: ${missing}.`)
  const slot = await takeKubernetesSlot()
  const daemons: ChildProcess[] = []
  const stop = async () => {
    // Nothing of it is kept, so nothing is ended politely. The node first: it would report what it sees going away.
    for (const daemon of daemons.toReversed()) await end(daemon, 'SIGKILL')
    await slot.release()
  }
  try {
    return await startIn(slot, options, daemons, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

async function startIn(
  slot: KubernetesSlot,
  { name = 'kubernetes', minor = '1.36', kubelet = true }: StartOptions,
  daemons: ChildProcess[],
  stop: () => Promise<void>,
): Promise<TestKubernetes> {
  const { directory, nodeName } = slot
  const credentials = await makeCredentials(slot)
  const [port, { etcd, endpoint }] = await Promise.all([freePort(), startEtcd(slot, name)])
  daemons.push(etcd)
  const startServer = () => startApiServer(slot, { minor, etcd: endpoint, port, credentials, name })
  let server = await startServer()
  daemons.push(server)

  const url = `https://127.0.0.1:${port}`
  const ca = credentials.authority.certificate
  const { certificate, key } = credentials.client
  const access = (user: Parameters<typeof kubeconfigOf>[0]['user']) => kubeconfigOf({ name, url, ca, user })
  const fileOf = async (part: Part) => {
    const file = join(directory, `${part}.kubeconfig`)
    await writeFile(file, access({ token: credentials.tokens[part] }), { mode: 0o600 })
    return file
  }
  const kubeconfigFile = await fileOf('admin')
  const commands = commandsOf({ kubeconfigFile, minor })
  // The certificate names no group, so its name has to be bound.
  await commands.kubectl('create', 'clusterrolebinding', 'portolan', '--clusterrole=cluster-admin', '--user=portolan')
  for (const program of ['kube-controller-manager', 'kube-scheduler'] as const)
    daemons.push(await startController(slot, program, { minor, kubeconfigFile: await fileOf(program), port, credentials, name }))
  if (kubelet)
    daemons.push(
      await launch({
        ...(await prepareNode(slot, {
          minor,
          kubeconfigFile: await fileOf('kubelet'),
          authorityFile: credentials.authority.certificateFile,
        })),
        log: `${directory}.node.log`,
        answers: async () => isReady(await ask(port, `/api/v1/nodes/${nodeName}`, credentials)),
        orphaned: 'KILL',
        name: `the node of ${name}`,
      }),
    )

  return {
    name,
    minor,
    url,
    ca,
    token: credentials.tokens.admin,
    clientCertificate: { certificate, key },
    kubeconfig: access({ certificate, key }),
    kubeconfigWithToken: access({ token: credentials.tokens.admin }),
    kubeconfigFile,
    nodeName: kubelet ? nodeName : null,
    ...commands,
    kill: (signal) => end(server, signal),
    async restart() {
      await end(server, 'SIGTERM')
      const place = daemons.indexOf(server)
      server = await startServer()
      daemons[place] = server
    },
    stop,
  }
}

/** Of a kubectl that is on this machine nothing is read, and nothing is written where it keeps its own. */
export function commandsOf({ kubeconfigFile, minor }: Pick<Access, 'kubeconfigFile' | 'minor'>): Commands {
  const directory = dirname(kubeconfigFile)
  const kubectl = async (...args: readonly string[]) => {
    const where = ['--kubeconfig', kubeconfigFile, '--cache-dir', join(directory, 'kubectl')]
    const { stdout } = await run(programOf(minor, 'kubectl'), [...where, ...args], { maxBuffer: 2 ** 27 })
    return stdout.trim()
  }
  return {
    kubectl,
    async apply(manifests) {
      const file = join(directory, `${crypto.randomUUID()}.yaml`)
      await writeFile(file, manifests)
      return kubectl('apply', '--server-side', '--filename', file)
    },
  }
}

function isReady(answer: Answer | null): boolean {
  if (answer?.status !== 200) return false
  const { spec, status } = JSON.parse(answer.text) as V1Node
  return !spec?.taints?.length && status!.conditions!.some((condition) => condition.type === 'Ready' && condition.status === 'True')
}
