import type { z } from 'zod'
import type { ActionDescription, Category, Column, KindDescription } from '../../model/kind.ts'
import type { Reason } from '../../model/reason.ts'
import type { Relation, Summary } from '../../model/resource.ts'
import type { Role } from '../../model/role.ts'
import type { Section } from '../../model/section.ts'
import { instantOf } from '../common/instants.ts'
import type { Described } from '../common/observe.ts'
import { action } from '../define.ts'
import type { Action, Kind } from '../engine.ts'
import type { KubernetesObject, Stored } from './object.ts'

/** What a kind says of one of its objects; all that every object has is added to it. */
export interface Verdict extends Pick<Summary, 'health' | 'state' | 'facts'> {
  reason?: Reason | null
  /** Since when it is in this state. */
  since?: string | null
  images?: string[]
  /** Beside its owners. */
  relations?: Relation[]
  searchTerms?: string[]
}

/** One call of the API that an action makes of the object it is done to. */
export interface ActionCall {
  method: 'PATCH' | 'POST' | 'PUT' | 'DELETE'
  /** `scale`, `eviction`; left out: the object itself. */
  subresource?: string
  /** Instead of the object's own: `/apis/batch/v1/namespaces/x/jobs`, to make something out of it. */
  path?: string
  query?: Record<string, string>
  body?: unknown
  /** Of PATCH; left out: a merge patch (RFC 7386). */
  patch?: 'merge' | 'json' | 'strategic'
}

interface ActionDefinition<T, Input extends z.ZodType | null> {
  role: Role
  weight: ActionDescription['weight']
  input?: Input
  blockedBy?: Action['blockedBy']
  call(object: Stored<T>, input: Input extends z.ZodType ? z.output<Input> : null): ActionCall
}

/** Ties the input's schema to what `call` gets of it. */
export const kubernetesAction = <T, Input extends z.ZodType | null = null>(definition: ActionDefinition<T, Input>) =>
  definition as unknown as ActionDefinition<T, z.ZodType | null>

interface Definition<T> {
  /** As kubectl calls it in full: `pods`, `deployments.apps`. */
  name: string
  /** Versions that `summarise` understands, the one to prefer first. */
  versions: readonly string[]
  /** As `kind:` of a manifest has it: `Deployment`. */
  manifestKind: string
  category: Category
  /** Left out: that of its category. */
  section?: Section
  singular: string
  plural: string
  namespaced?: boolean
  icon: string
  /** Beside the name, the namespace and the age, which every kind has. */
  columns: readonly Column[]
  keyFacts?: readonly string[]
  tabs?: readonly string[]
  streams?: KindDescription['streams']
  terminalBlockedBy?: Action['blockedBy']
  actions?: Record<string, ActionDefinition<T, z.ZodType | null>>
  /** `summarise` sees the object with all its secrets, and lets no value out. Else they are hidden from it. */
  seesSecrets?: boolean
  /** Looks at this one object and at no clock. */
  summarise(object: Stored<T>): Verdict
  /** What its removal takes with it, beside what it owns. */
  takesAlong?(row: Remains): readonly Reason[]
}

type Remains = Pick<Described, 'name' | 'facts'>

/** A kind of the API that Portolan knows by itself. */
export interface KubernetesKind extends Kind {
  /** Empty for the core group. */
  group: string
  /** `deployments`. */
  resource: string
  versions: readonly string[]
  manifestKind: string
  /** Of kinds that see secrets, wants the object as it is. */
  describe(object: Stored<KubernetesObject>): Described
  seesSecrets: boolean
  takesAlong(row: Remains): readonly Reason[]
  calls: Readonly<Record<string, (object: Stored<KubernetesObject>, input: unknown) => ActionCall>>
}

const sectionOf: Partial<Record<Category, Section>> = {
  workload: 'workloads',
  instance: 'workloads',
  network: 'network',
  volume: 'storage',
  config: 'config',
  secret: 'config',
  access: 'access',
  cluster: 'cluster',
}

/** `kubernetes/deployments.apps`. */
const fullName = (name: string) => `kubernetes/${name}`

/** `namespace/name`, or the name alone of what is in no namespace. */
export const keyOf = ({ name, namespace }: { name: string; namespace?: string }): string => (namespace ? `${namespace}/${name}` : name)

const pluralOf = (kind: string): string => {
  const lower = kind.toLowerCase()
  if (/(?:s|x|ch|sh)$/.test(lower)) return `${lower}es`
  // Policies, but gateways.
  return /[^aeiou]y$/.test(lower) ? `${lower.slice(0, -1)}ies` : `${lower}s`
}

/** What `apiVersion` and `kind` name, as an owner reference does: by the rule of names that almost every kind follows; discovery alone would know the others. */
export function kindOfManifest(apiVersion: string, kind: string): string {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion]
  return fullName(version && group ? `${pluralOf(kind)}.${group}` : pluralOf(kind))
}

/** A relation to another object; of the same namespace unless another is given, of none for what is in none. */
export const relation = (as: string, kind: string, name: string, namespace?: string): Relation => ({
  as,
  kind: fullName(kind),
  key: keyOf({ name, ...(namespace && { namespace }) }),
  name,
})

/** What is going away is left to go. */
const gone: Action['blockedBy'] = (row) => (row.state.code === 'terminating' ? 'being-removed' : undefined)

/** Makes a kind of what is particular to it. */
export function kubernetesKind<T extends object>(definition: Definition<T>): KubernetesKind {
  const { name, versions, manifestKind, category, singular, plural, icon, columns, summarise } = definition
  const { namespaced = true, keyFacts = [], tabs = ['overview', 'events', 'yaml'], streams = [], actions = {} } = definition
  const section = definition.section ?? sectionOf[category]
  const [resource = name, ...group] = name.split('.')
  const given = Object.entries(actions)
  return {
    name: fullName(name),
    resource,
    group: group.join('.'),
    versions,
    manifestKind,
    category,
    ...(section && { section }),
    singular,
    plural,
    namespaced,
    icon,
    columns,
    keyFacts,
    tabs,
    streams,
    ...(definition.terminalBlockedBy && { terminalBlockedBy: definition.terminalBlockedBy }),
    actions: given.map(([called, { role, weight, input, blockedBy }]) =>
      action(called, role, weight, { ...(input && { input }), blockedBy: (row) => gone(row) ?? blockedBy?.(row) }),
    ),
    calls: Object.fromEntries(given.map(([called, { call }]) => [called, call as KubernetesKind['calls'][string]])),
    seesSecrets: definition.seesSecrets ?? false,
    takesAlong: (row) => definition.takesAlong?.(row) ?? [],
    describe: (object) => describe(object, summarise(object as unknown as Stored<T>)),
  }
}

function describe({ metadata }: Stored<KubernetesObject>, verdict: Verdict): Described {
  const owners = (metadata.ownerReferences ?? []).map(({ apiVersion, kind, name }) => {
    const of = kindOfManifest(apiVersion, kind)
    // Nodes own what is in a namespace, too; their keys have none.
    return { as: 'owner', kind: of, key: of === 'kubernetes/nodes' ? name : keyOf({ ...metadata, name }), name }
  })
  return {
    key: keyOf(metadata),
    uid: metadata.uid,
    namespace: metadata.namespace ?? null,
    name: metadata.name,
    health: verdict.health,
    state: verdict.state,
    reason: verdict.reason ?? null,
    since: verdict.since ?? null,
    ...(metadata.deletionTimestamp && terminating(metadata, verdict)),
    createdAt: instantOf(metadata.creationTimestamp ?? ''),
    facts: verdict.facts,
    images: verdict.images ?? [],
    labels: metadata.labels ?? {},
    relations: [...owners, ...(verdict.relations ?? [])],
    searchTerms: [metadata.uid, ...(verdict.searchTerms ?? [])],
  }
}

/** What is being deleted waits for whoever holds a finalizer, whatever it was before; a kind may know more. */
function terminating({ deletionTimestamp, finalizers = [] }: Stored<KubernetesObject>['metadata'], verdict: Verdict): Partial<Described> {
  if (verdict.state.code === 'terminating') return {}
  return {
    health: 'moving',
    state: { code: 'terminating' },
    reason: finalizers.length > 0 ? { code: 'waits-for-finalizers', params: { names: finalizers.join(', ') } } : null,
    since: instantOf(deletionTimestamp ?? ''),
  }
}
