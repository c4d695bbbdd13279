import type { V1NetworkPolicy } from '@kubernetes/client-node'
import type { Json } from './object.ts'
import { entriesOf, listOf, selectorText } from './values.ts'

type Policy = Pick<Json<V1NetworkPolicy>, 'spec'>
type Spec = NonNullable<Policy['spec']>
type IngressRule = NonNullable<Spec['ingress']>[number]
type EgressRule = NonNullable<Spec['egress']>[number]
type Peer = NonNullable<IngressRule['from']>[number]
type Port = NonNullable<IngressRule['ports']>[number]
type Way = 'in' | 'out'

/** What a policy lets through one way: `open` is not limited by it, `some` is what its rules say. */
type Passage = 'open' | 'all' | 'none' | 'some'

/** `reasons.<code>` in lib/i18n with its parameters beside it, fit for a fact. */
export type PolicySentence = { code: string } & Record<string, string | number>

interface Rule {
  peers: readonly Peer[]
  ports: readonly Port[]
}

/** What it lets through one way. */
export function passageOf({ spec }: Policy, way: Way): Passage {
  if (!typesOf(spec).includes(way === 'in' ? 'Ingress' : 'Egress')) return 'open'
  const rules = rulesOf(spec, way)
  if (rules.length === 0) return 'none'
  return rules.some(({ peers, ports }) => peers.length === 0 && ports.length === 0) ? 'all' : 'some'
}

/**
 * A policy in words: whom it is for, then what may come in and go out, a sentence for each peer of each rule.
 * What several policies allow adds up.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function policySentences(policy: Policy): PolicySentence[] {
  const pods = selectorText(policy.spec?.podSelector)
  return [pods ? { code: 'policy-for-pods', pods } : { code: 'policy-for-all' }, ...wayInWords(policy, 'in'), ...wayInWords(policy, 'out')]
}

function wayInWords(policy: Policy, way: Way): PolicySentence[] {
  const passage = passageOf(policy, way)
  if (passage !== 'some') return [{ code: 'policy-way', way, passage }]
  return rulesOf(policy.spec, way).flatMap(({ peers, ports }) => {
    const through = { ports: ports.map(portInWords).join(', '), portCount: ports.length }
    return (peers.length > 0 ? peers.map(peerInWords) : [peer('anyone')]).map((one) => ({ code: 'policy-allows', way, ...one, ...through }))
  })
}

/** The API server fills in what is left out by the same rule. */
function typesOf(spec: Policy['spec']): readonly string[] {
  const given = listOf(spec?.policyTypes)
  if (given.length > 0) return given
  return listOf(spec?.egress).length > 0 ? ['Ingress', 'Egress'] : ['Ingress']
}

const rulesOf = (spec: Policy['spec'], way: Way): Rule[] =>
  way === 'in'
    ? listOf<IngressRule>(spec?.ingress).map(({ from, ports }) => ({ peers: listOf(from), ports: listOf(ports) }))
    : listOf<EgressRule>(spec?.egress).map(({ to, ports }) => ({ peers: listOf(to), ports: listOf(ports) }))

/** Every sentence gets every parameter: one that is missing makes no sentence at all. */
const peer = (peer: string, said: Partial<Record<'pods' | 'namespaces' | 'block' | 'except', string>> = {}) => ({
  peer,
  pods: '',
  namespaces: '',
  block: '',
  except: '',
  ...said,
})

/** An empty selector selects all there are, a missing one says nothing; that of pods alone means the policy's namespace. */
function peerInWords({ ipBlock, namespaceSelector, podSelector }: Peer): ReturnType<typeof peer> {
  if (ipBlock) {
    const except = listOf(ipBlock.except)
    return except.length > 0
      ? peer('blockExcept', { block: ipBlock.cidr, except: except.join(', ') })
      : peer('block', { block: ipBlock.cidr })
  }
  const pods = selectorText(podSelector)
  if (!namespaceSelector) return pods ? peer('pods', { pods }) : peer('allPods')
  const namespaces = namespacesInWords(namespaceSelector)
  if (!namespaces) return pods ? peer('podsAnywhere', { pods }) : peer('allNamespaces')
  return pods ? peer('podsIn', { pods, namespaces }) : peer('namespaces', { namespaces })
}

const nameLabel = 'kubernetes.io/metadata.name'

/** By the label that every namespace has, one of them is meant by its name. */
function namespacesInWords(selector: NonNullable<Peer['namespaceSelector']>): string {
  const labels = entriesOf(selector.matchLabels)
  const isByName = labels.length === 1 && labels[0]![0] === nameLabel && listOf(selector.matchExpressions).length === 0
  return isByName ? labels[0]![1] : selectorText(selector)
}

/** `80/TCP`, `8000-8080/UDP`; without a port it is every one of the protocol. */
const portInWords = ({ port, endPort, protocol }: Port): string => `${port ?? '*'}${endPort ? `-${endPort}` : ''}/${protocol ?? 'TCP'}`
