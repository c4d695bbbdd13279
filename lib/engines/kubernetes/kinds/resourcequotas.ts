import type { V1ResourceQuota } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { createdAt, health, name, namespace } from '../columns.ts'
import { kubernetesKind, type Verdict } from '../kind.ts'
import type { Json } from '../object.ts'
import { numberOf } from '../quantity.ts'
import { entriesOf, exists, listOf } from '../values.ts'

type Quota = Json<V1ResourceQuota>

interface Share {
  resource: string
  used: string
  hard: string
  /** 1 is all of it; null of what may not be used at all. */
  share: number | null
}

const nearlyFull = 0.9

export const resourcequotas = kubernetesKind<Quota>({
  name: 'resourcequotas',
  versions: ['v1'],
  manifestKind: 'ResourceQuota',
  category: 'cluster',
  section: 'config',
  singular: 'resourcequota',
  plural: 'resourcequotas',
  icon: 'sliders-horizontal',
  columns: [
    health,
    name,
    namespace,
    column('requestQuotas', 'list'),
    column('limitQuotas', 'list'),
    column('percentUsed', 'number'),
    column('fullest', 'text', { facet: true }),
    column('scopes', 'list', { facet: true, hidden: true }),
    createdAt,
  ],
  keyFacts: ['percentUsed', 'fullest', 'requestQuotas', 'limitQuotas', 'scopes'],
  actions: basics(),
  summarise: (quota) => {
    const shares = sharesOf(quota)
    const fullest = shares.reduce<Share | null>((most, one) => ((one.share ?? -1) > (most?.share ?? -1) ? one : most), null)
    const texts = (isOf: (resource: string) => boolean) =>
      shares.filter(({ resource }) => isOf(resource)).map(({ resource, used, hard }) => `${resource}: ${used}/${hard}`)
    const { scopes, scopeSelector } = quota.spec ?? {}
    return {
      ...verdictOn(shares),
      facts: {
        requestQuotas: texts((resource) => !resource.startsWith('limits.')),
        limitQuotas: texts((resource) => resource.startsWith('limits.')),
        percentUsed: fullest?.share == null ? null : Math.round(fullest.share * 100),
        fullest: fullest?.resource ?? null,
        scopes: [...listOf(scopes), ...listOf(scopeSelector?.matchExpressions).map(({ scopeName }) => scopeName)],
      },
    }
  },
})

function sharesOf({ spec, status }: Quota): Share[] {
  return entriesOf(status?.hard ?? spec?.hard)
    .map(([resource, hard]) => {
      const used = status?.used?.[resource] ?? '0'
      const [part, whole] = [numberOf(used) ?? 0, numberOf(hard) ?? 0]
      return { resource, used, hard, share: whole > 0 ? part / whole : null }
    })
    .toSorted((a, b) => a.resource.localeCompare(b.resource, 'en'))
}

function verdictOn(shares: readonly Share[]): Pick<Verdict, 'health' | 'state' | 'reason'> {
  const from = (least: number) => shares.filter(({ share }) => share !== null && share >= least)
  const named = (some: readonly Share[]) => ({
    resources: some.map(({ resource, used, hard }) => `${resource} (${used}/${hard})`).join(', '),
  })
  const full = from(1)
  if (full.length > 0) return { health: 'degraded', state: { code: 'at-limit' }, reason: { code: 'quota-full', params: named(full) } }
  const nearly = from(nearlyFull)
  if (nearly.length > 0)
    return { health: 'degraded', state: { code: 'nearly-full' }, reason: { code: 'quota-nearly-full', params: named(nearly) } }
  return exists
}
