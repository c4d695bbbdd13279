import { action, column } from '../../define.ts'
import type { Kind } from '../../engine.ts'
import { instantOf } from '../../common/instants.ts'
import type { Described } from '../../common/observe.ts'
import type { NetworkReply } from '../replies.ts'

/** Made by Docker itself; it refuses to remove them. */
const predefined = new Set(['bridge', 'host', 'none', 'nat'])

export const networks: Kind = {
  name: 'docker/networks',
  category: 'network',
  singular: 'network',
  plural: 'networks',
  namespaced: false,
  icon: 'network',
  columns: [
    column('name', 'name'),
    column('driver', 'text', { facet: true }),
    column('project', 'text', { facet: true }),
    column('subnets', 'list'),
    column('usedBy', 'number'),
    column('inUse', 'boolean', { facet: true, hidden: true }),
    column('internal', 'boolean', { facet: true }),
    column('predefined', 'boolean', { facet: true, hidden: true }),
    column('gateways', 'list', { hidden: true }),
    column('ipv6', 'boolean', { facet: true, hidden: true }),
    column('attachable', 'boolean', { hidden: true }),
    column('scope', 'text', { facet: true, hidden: true }),
    column('createdAt', 'instant'),
    column('shortId', 'mono', { hidden: true }),
  ],
  actions: [
    action('remove', 'operator', 'irreversible', {
      blockedBy: (row) => (row.facts['predefined'] ? 'network-predefined' : row.facts['inUse'] ? 'network-in-use' : undefined),
    }),
  ],
  tabs: ['overview', 'events', 'document'],
  streams: [],
  keyFacts: ['driver', 'subnets', 'gateways', 'usedBy', 'internal', 'scope'],
}

/** The row of a network; `usedBy` is how many running containers are attached to it. Pure. */
export function summarise(network: NetworkReply, usedBy: number): Described {
  const builtIn = predefined.has(network.Name)
  const subnets = network.IPAM.Config.map((config) => config.Subnet).filter(Boolean)
  const gateways = network.IPAM.Config.map((config) => config.Gateway).filter(Boolean)
  return {
    key: network.Id,
    uid: network.Id,
    namespace: null,
    name: network.Name,
    health: usedBy > 0 || builtIn ? 'healthy' : 'stopped',
    state: { code: usedBy > 0 ? 'in-use' : builtIn ? 'predefined' : 'unused' },
    reason: null,
    since: null,
    createdAt: instantOf(network.Created),
    facts: {
      driver: network.Driver,
      project: network.Labels['com.docker.compose.project'] ?? null,
      subnets,
      gateways,
      usedBy,
      inUse: usedBy > 0,
      internal: network.Internal,
      predefined: builtIn,
      ipv6: network.EnableIPv6,
      attachable: network.Attachable,
      scope: network.Scope,
      shortId: network.Id.slice(0, 12),
    },
    images: [],
    labels: network.Labels,
    relations: [],
    searchTerms: [network.Id, ...subnets, ...gateways],
  }
}
