import type { V1NetworkPolicySpec } from '@kubernetes/client-node'
import { expect, it } from 'vitest'
import { languages } from '../../i18n/messages.ts'
import { sentence } from '../../i18n/sentence.ts'
import type { Json } from './object.ts'
import { passageOf, policySentences } from './policy-sentences.ts'

type Spec = Json<V1NetworkPolicySpec>

const inWords = (spec: Spec | undefined) => policySentences({ spec }).map(({ code, ...params }) => sentence({ code, params }, 'en'))
const web = { matchLabels: { app: 'web' } }
const byName = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } })

/** @see https://github.com/ahmetb/kubernetes-network-policy-recipes */
const classic: [string, Spec, string[]][] = [
  [
    'denies all that comes in',
    { podSelector: {}, policyTypes: ['Ingress'] },
    ['For all pods of its namespace.', 'In: nothing is allowed.', 'Out: not limited by it.'],
  ],
  [
    'denies all, both ways',
    { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [], egress: [] },
    ['For all pods of its namespace.', 'In: nothing is allowed.', 'Out: nothing is allowed.'],
  ],
  [
    'allows all that comes in',
    { podSelector: web, ingress: [{}] },
    ['For pods with app=web.', 'In: everything is allowed.', 'Out: not limited by it.'],
  ],
  [
    'allows pods of its namespace',
    { podSelector: web, ingress: [{ from: [{ podSelector: { matchLabels: { role: 'api' } } }] }] },
    ['For pods with app=web.', 'In from pods with role=api, any port.', 'Out: not limited by it.'],
  ],
  [
    'allows its whole namespace alone',
    { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] },
    ['For all pods of its namespace.', 'In from all pods of its namespace, any port.', 'Out: not limited by it.'],
  ],
  [
    'allows a namespace by its name, and others by a label',
    {
      podSelector: web,
      ingress: [{ from: [{ namespaceSelector: byName('shop') }, { namespaceSelector: { matchLabels: { stage: 'prod' } } }] }],
    },
    [
      'For pods with app=web.',
      'In from all pods of the namespaces shop, any port.',
      'In from all pods of the namespaces stage=prod, any port.',
      'Out: not limited by it.',
    ],
  ],
  [
    'allows pods of other namespaces, and of all',
    {
      podSelector: web,
      ingress: [
        {
          from: [
            {
              namespaceSelector: byName('monitoring'),
              podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['prometheus', 'vm'] }] },
            },
          ],
        },
        { from: [{ namespaceSelector: {}, podSelector: { matchExpressions: [{ key: 'legacy', operator: 'DoesNotExist' }] } }] },
        { from: [{ namespaceSelector: {} }] },
      ],
    },
    [
      'For pods with app=web.',
      'In from pods with app in (prometheus,vm) in the namespaces monitoring, any port.',
      'In from pods with !legacy in any namespace, any port.',
      'In from all pods of the cluster, any port.',
      'Out: not limited by it.',
    ],
  ],
  [
    'allows blocks of addresses without some',
    {
      podSelector: {},
      ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '10.2.0.0/16'] } }, { ipBlock: { cidr: '::/0' } }] }],
    },
    [
      'For all pods of its namespace.',
      'In from 10.0.0.0/8 without 10.1.0.0/16, 10.2.0.0/16, any port.',
      'In from ::/0, any port.',
      'Out: not limited by it.',
    ],
  ],
  [
    'allows ports: by number, by name, a range, all of a protocol',
    {
      podSelector: web,
      ingress: [
        {
          ports: [
            { port: 80 },
            { port: 'metrics', protocol: 'TCP' },
            { port: 32000, endPort: 32768, protocol: 'UDP' },
            { protocol: 'SCTP' },
          ],
        },
      ],
    },
    ['For pods with app=web.', 'In from anywhere, 80/TCP, metrics/TCP, 32000-32768/UDP, */SCTP.', 'Out: not limited by it.'],
  ],
  [
    'allows names to be looked up, and nothing else out',
    {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [
        {
          to: [{ namespaceSelector: byName('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
          ports: [{ port: 53, protocol: 'UDP' }],
        },
      ],
    },
    [
      'For all pods of its namespace.',
      'In: not limited by it.',
      'Out to pods with k8s-app=kube-dns in the namespaces kube-system, 53/UDP.',
    ],
  ],
]

it.each(classic)('a policy that %s says so', (_, spec, words) => expect(inWords(spec)).toEqual(words))

it('a policy is of both ways by itself when it has rules for what goes out', () => {
  const spec: Spec = { podSelector: {}, egress: [{}] }
  expect([passageOf({ spec }, 'in'), passageOf({ spec }, 'out')]).toEqual(['none', 'all'])
})

it.each(languages)('every sentence is one in %s', (language) => {
  for (const [, spec] of classic)
    for (const { code, ...params } of policySentences({ spec })) {
      expect(code.startsWith('policy-')).toBe(true)
      expect(sentence({ code, params }, language)).toMatch(/^\p{Lu}.*\.$/u)
    }
})

it('what holds nothing that can be read allows nothing', () => {
  expect(inWords(undefined)).toEqual(['For all pods of its namespace.', 'In: nothing is allowed.', 'Out: not limited by it.'])
  const broken = { ingress: [{ from: null, ports: null }], policyTypes: null } as unknown as Spec
  expect(inWords(broken)).toContain('In: everything is allowed.')
})
