import { z } from 'zod'
import type { Facts, Relation } from '../../../model/resource.ts'
import { action, column } from '../../define.ts'
import type { Action, Kind } from '../../engine.ts'
import { instantOf } from '../../common/instants.ts'
import type { Described } from '../../common/observe.ts'
import type { ContainerReply } from '../replies.ts'
import { judge, type Verdict } from './container-health.ts'

type Row = Parameters<Action['blockedBy']>[0]
const status = (row: Row) => row.facts['status']
const isUp = (row: Row) => status(row) === 'running' || status(row) === 'paused' || status(row) === 'restarting'

/** Seconds that a container has to end by itself before it is killed; Docker's own default is 10. */
const Grace = z.object({ graceSeconds: z.number().int().min(0).max(3600).default(10) })
const Signal = z.object({ signal: z.enum(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2']).default('SIGKILL') })
/** @see https://github.com/moby/moby/blob/v20.10.24/daemon/names/names.go */
const NewName = z.object({ name: z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,127}$/) })
const Removal = z.object({ volumes: z.boolean().default(false), force: z.boolean().default(false) })

const gone = (row: Row) => (status(row) === 'removing' || status(row) === 'dead' ? 'being-removed' : undefined)

export const containers: Kind = {
  name: 'docker/containers',
  category: 'instance',
  singular: 'container',
  plural: 'containers',
  namespaced: false,
  icon: 'container',
  columns: [
    column('health', 'health', { facet: true }),
    column('name', 'name'),
    column('images', 'images', { facet: true }),
    column('project', 'text', { facet: true }),
    column('service', 'text', { facet: true }),
    column('ports', 'ports'),
    column('since', 'instant'),
    column('restarts', 'number'),
    column('networks', 'list', { facet: true, hidden: true }),
    column('addresses', 'list', { hidden: true }),
    column('createdAt', 'instant', { hidden: true }),
    column('status', 'text', { facet: true, hidden: true }),
    column('exitCode', 'number', { hidden: true }),
    column('command', 'mono', { hidden: true }),
    column('volumes', 'list', { hidden: true }),
    column('restartPolicy', 'text', { facet: true, hidden: true }),
    column('memoryLimit', 'bytes', { hidden: true }),
    column('cpuLimit', 'number', { hidden: true }),
    column('user', 'text', { hidden: true }),
    column('privileged', 'boolean', { facet: true, hidden: true }),
    column('shortId', 'mono', { hidden: true }),
  ],
  actions: [
    action('start', 'deployer', 'undoable', {
      blockedBy: (row) => gone(row) ?? (status(row) === 'paused' ? 'is-paused' : isUp(row) ? 'already-running' : undefined),
    }),
    action('stop', 'deployer', 'recoverable', { input: Grace, blockedBy: (row) => gone(row) ?? (isUp(row) ? undefined : 'not-running') }),
    action('restart', 'deployer', 'recoverable', {
      input: Grace,
      blockedBy: (row) => gone(row) ?? (status(row) === 'paused' ? 'is-paused' : undefined),
    }),
    action('pause', 'operator', 'undoable', {
      blockedBy: (row) => (status(row) === 'paused' ? 'already-paused' : status(row) === 'running' ? undefined : 'not-running'),
    }),
    action('unpause', 'operator', 'undoable', { blockedBy: (row) => (status(row) === 'paused' ? undefined : 'not-paused') }),
    action('kill', 'operator', 'recoverable', { input: Signal, blockedBy: (row) => (isUp(row) ? undefined : 'not-running') }),
    action('rename', 'operator', 'undoable', { input: NewName, blockedBy: gone }),
    // A running one can be removed by force; without it the engine's refusal says so.
    action('remove', 'operator', 'irreversible', {
      input: Removal,
      blockedBy: (row) => (status(row) === 'removing' ? 'being-removed' : undefined),
    }),
  ],
  tabs: ['overview', 'logs', 'metrics', 'events', 'document'],
  streams: ['logs', 'stderr', 'metrics', 'terminal'],
  terminalBlockedBy: (row) => (status(row) === 'running' ? undefined : status(row) === 'paused' ? 'is-paused' : 'not-running'),
  keyFacts: ['ports', 'project', 'service', 'restarts', 'restartPolicy', 'memoryLimit', 'addresses'],
}

/** The row of a container. Pure; `verdict` comes from `judge`, or from `settle` where a clock is at hand. */
export function summarise(container: ContainerReply, verdict: Verdict = judge(container)): Described {
  const labels = container.Config.Labels
  const networks = Object.entries(container.NetworkSettings.Networks)
  const volumes = container.Mounts.filter((mount) => mount.Type === 'volume' && mount.Name)
  const ports = portsOf(container)
  const addresses = networks.flatMap(([, endpoint]) => [endpoint.IPAddress, endpoint.GlobalIPv6Address]).filter(Boolean)
  const name = container.Name.replace(/^\//, '')
  return {
    key: name,
    uid: container.Id,
    namespace: null,
    name,
    ...verdict,
    createdAt: instantOf(container.Created),
    facts: {
      ...factsOf(container),
      ports,
      addresses,
      networks: networks.map(([network]) => network),
      volumes: volumes.map((volume) => volume.Name),
    },
    images: [container.Config.Image || container.Image],
    labels,
    relations: relationsOf(container),
    searchTerms: [
      container.Id,
      container.Image,
      container.Config.Hostname,
      ...addresses,
      ...networks.map(([network]) => network),
      ...volumes.map((volume) => volume.Name),
      ...ports.flatMap((port) =>
        port['hostPort']
          ? [String(port['hostPort']), `${port['hostPort']}->${port['port']}/${port['protocol']}`]
          : [`${port['port']}/${port['protocol']}`],
      ),
    ],
  }
}

function factsOf(container: ContainerReply): Facts {
  const { HostConfig: host, State: state, Config: config } = container
  const ended = state.Status === 'exited' || state.Status === 'dead' || state.Status === 'restarting'
  return {
    status: state.Status,
    project: config.Labels['com.docker.compose.project'] ?? null,
    service: config.Labels['com.docker.compose.service'] ?? null,
    restarts: container.RestartCount,
    exitCode: ended ? state.ExitCode : null,
    command: [container.Path, ...container.Args].join(' ').slice(0, 1000),
    restartPolicy: host.RestartPolicy.Name || 'no',
    memoryLimit: host.Memory || null,
    cpuLimit: cpuLimitOf(host),
    user: config.User || null,
    privileged: host.Privileged,
    tty: config.Tty,
    imageId: container.Image,
    shortId: container.Id.slice(0, 12),
  }
}

/** In cores; null where none is set. */
export function cpuLimitOf(host: ContainerReply['HostConfig']): number | null {
  if (host.NanoCpus > 0) return host.NanoCpus / 1e9
  return host.CpuQuota > 0 ? host.CpuQuota / (host.CpuPeriod || 100_000) : null
}

type Port = { hostIp: string | null; hostPort: number | null; port: number; protocol: string }

/** Published ports first, each address once: Docker names the same one for IPv4 and IPv6. */
function portsOf(container: ContainerReply): Port[] {
  const ports = Object.entries(container.NetworkSettings.Ports).flatMap(([name, bindings]): Port[] => {
    const [port = '', protocol = 'tcp'] = name.split('/')
    if (!bindings?.length) return [{ hostIp: null, hostPort: null, port: Number(port), protocol }]
    const named = bindings.map((binding) => ({ hostIp: binding.HostIp, hostPort: Number(binding.HostPort), port: Number(port), protocol }))
    return named.filter((a) => !(a.hostIp === '::' && named.some((b) => b.hostIp === '0.0.0.0' && b.hostPort === a.hostPort)))
  })
  return ports.toSorted(
    (a, b) => Number(a.hostPort === null) - Number(b.hostPort === null) || (a.hostPort ?? a.port) - (b.hostPort ?? b.port),
  )
}

/** What a container was started with may be an image's id, whole or shortened, which is no name for it. */
const isName = (image: string) => image !== '' && !/^(sha256:)?[0-9a-f]{12,64}$/.test(image)

function relationsOf(container: ContainerReply): Relation[] {
  const relations: Relation[] = []
  const { Image: startedWith } = container.Config
  if (container.Image)
    relations.push({ as: 'image', kind: 'docker/images', key: container.Image, ...(isName(startedWith) && { name: startedWith }) })
  for (const mount of container.Mounts)
    if (mount.Type === 'volume' && mount.Name) relations.push({ as: 'volume', kind: 'docker/volumes', key: mount.Name })
  // A container that was never started names its networks without their ids.
  for (const [name, endpoint] of Object.entries(container.NetworkSettings.Networks))
    relations.push({ as: 'network', kind: 'docker/networks', key: endpoint.NetworkID || name })
  return relations
}
