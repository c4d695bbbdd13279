import type { ChildProcess } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { makeAuthority, type Authority, type Pair } from '../certificates.ts'
import { launch } from '../daemon.ts'
import { freePort } from '../port.ts'
import { answerOf, type Answer } from './ask.ts'
import { etcdProgram, programOf, type Minor } from './releases.ts'
import type { KubernetesSlot } from './slot.ts'

/** Who the parts are; each has a token of its own. */
export const parts = ['admin', 'kubelet', 'kube-controller-manager', 'kube-scheduler'] as const
export type Part = (typeof parts)[number]

export interface Credentials {
  authority: Authority
  server: Pair
  /** An administrator by certificate, called `portolan`. */
  client: Pair
  tokens: Record<Part, string>
  tokenFile: string
  serviceAccountKeyFile: string
}

export async function makeCredentials({ directory, nodeName, nodeAddress }: KubernetesSlot): Promise<Credentials> {
  const authority = await makeAuthority(join(directory, 'certificates'), 'authority')
  const altNames = ['DNS:localhost', 'DNS:kubernetes.default.svc', 'IP:127.0.0.1', `IP:${nodeAddress}`]
  const server = await authority.issue('server', { altNames, usage: 'serverAuth' })
  const client = await authority.issue('portolan', { usage: 'clientAuth' })
  const tokens = Object.fromEntries(parts.map((part) => [part, crypto.randomUUID()])) as Record<Part, string>
  const tokenFile = join(directory, 'tokens.csv')
  const line = (part: Part, user: string, group = '') => `${tokens[part]},${user},${part},${group}\n`
  await writeFile(
    tokenFile,
    line('admin', 'admin', 'system:masters') +
      line('kubelet', `system:node:${nodeName}`, 'system:nodes') +
      line('kube-controller-manager', 'system:kube-controller-manager') +
      line('kube-scheduler', 'system:kube-scheduler'),
  )
  const serviceAccountKeyFile = join(directory, 'service-accounts.key')
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  await writeFile(serviceAccountKeyFile, privateKey.export({ type: 'sec1', format: 'pem' }))
  return { authority, server, client, tokens, tokenFile, serviceAccountKeyFile }
}

/** Answers the address at which it serves. */
export async function startEtcd({ directory }: KubernetesSlot, name: string): Promise<{ etcd: ChildProcess; endpoint: string }> {
  const [port, peerPort] = [await freePort(), await freePort()]
  const [endpoint, peer] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${peerPort}`]
  const etcd = await launch({
    program: etcdProgram,
    args: [
      '--data-dir', join(directory, 'etcd'),
      '--listen-client-urls', endpoint, '--advertise-client-urls', endpoint,
      '--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer, '--initial-cluster', `default=${peer}`,
      '--unsafe-no-fsync',
    ], // prettier-ignore
    log: `${directory}.etcd.log`,
    answers: () => listens(port),
    orphaned: 'KILL',
    name: `etcd of ${name}`,
  })
  return { etcd, endpoint }
}

const listens = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

export interface ApiServerOptions {
  minor: Minor
  etcd: string
  port: number
  credentials: Credentials
  name: string
}

export function startApiServer(slot: KubernetesSlot, { minor, etcd, port, credentials, name }: ApiServerOptions): Promise<ChildProcess> {
  const { authority, server, client, tokenFile, serviceAccountKeyFile } = credentials
  return launch({
    program: programOf(minor, 'kube-apiserver'),
    args: [
      '--etcd-servers', etcd,
      '--bind-address', '127.0.0.1', '--secure-port', String(port), '--advertise-address', slot.nodeAddress,
      '--cert-dir', join(slot.directory, 'certificates'),
      '--tls-cert-file', server.certificateFile, '--tls-private-key-file', server.keyFile,
      '--client-ca-file', authority.certificateFile, '--token-auth-file', tokenFile,
      '--kubelet-client-certificate', client.certificateFile, '--kubelet-client-key', client.keyFile,
      '--kubelet-preferred-address-types', 'InternalIP',
      '--service-account-issuer', 'https://kubernetes.default.svc',
      '--service-account-key-file', serviceAccountKeyFile, '--service-account-signing-key-file', serviceAccountKeyFile,
      '--service-cluster-ip-range', slot.serviceRange,
      '--authorization-mode', 'Node,RBAC',
      '--allow-privileged',
    ], // prettier-ignore
    log: `${slot.directory}.kube-apiserver.log`,
    answers: async () => (await ask(port, '/readyz', credentials))?.status === 200,
    orphaned: 'KILL',
    name: `kube-apiserver of ${name}`,
  })
}

/** What the API server answers to an administrator; null while it does not. */
export const ask = (port: number, path: string, { authority, tokens }: Credentials): Promise<Answer | null> =>
  answerOf({ url: `https://127.0.0.1:${port}`, ca: authority.certificate, token: tokens.admin }, 'GET', path)

/** The controllers or the scheduler. */
export async function startController(
  slot: KubernetesSlot,
  program: 'kube-controller-manager' | 'kube-scheduler',
  /** `port`: of the API server. */
  { minor, kubeconfigFile, port, credentials, name }: Omit<ApiServerOptions, 'etcd'> & { kubeconfigFile: string },
): Promise<ChildProcess> {
  const { authority, serviceAccountKeyFile } = credentials
  const ownPort = await freePort()
  const controls = program === 'kube-controller-manager'
  return launch({
    program: programOf(minor, program),
    args: [
      '--kubeconfig', kubeconfigFile,
      '--bind-address', '127.0.0.1', '--secure-port', String(ownPort), '--cert-dir', join(slot.directory, program),
      '--leader-elect=false',
      ...(controls ? ['--use-service-account-credentials', '--service-account-private-key-file', serviceAccountKeyFile, '--root-ca-file', authority.certificateFile] : []),
    ], // prettier-ignore
    log: `${slot.directory}.${program}.log`,
    // Without the service account pods are refused.
    answers: async () =>
      controls ? (await ask(port, '/api/v1/namespaces/default/serviceaccounts/default', credentials))?.status === 200 : listens(ownPort),
    orphaned: 'KILL',
    name: `${program} of ${name}`,
  })
}
