import type { V1CustomResourceDefinition } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { createdAt, health, name } from '../columns.ts'
import { because, conditionOf } from './conditions.ts'
import { kubernetesKind, relation, type Verdict } from '../kind.ts'
import type { Json, Stored } from '../object.ts'
import { distinct, exists, listOf } from '../values.ts'

type Definition = Json<V1CustomResourceDefinition>

export const customresourcedefinitions = kubernetesKind<Definition>({
  name: 'customresourcedefinitions.apiextensions.k8s.io',
  versions: ['v1'],
  manifestKind: 'CustomResourceDefinition',
  category: 'cluster',
  singular: 'customresourcedefinition',
  plural: 'customresourcedefinitions',
  namespaced: false,
  icon: 'layers',
  columns: [
    health,
    name,
    column('manifestKind', 'text'),
    column('group', 'text', { facet: true }),
    column('scope', 'text', { facet: true }),
    column('versions', 'list', { facet: true }),
    column('storedVersions', 'list', { hidden: true }),
    column('shortNames', 'list'),
    column('conversion', 'text', { facet: true, hidden: true }),
    createdAt,
  ],
  keyFacts: ['manifestKind', 'group', 'scope', 'versions', 'storedVersions', 'shortNames', 'conversion'],
  actions: basics(),
  takesAlong: ({ facts }) => [{ code: 'definition-takes-all', params: { kind: String(facts['manifestKind']) } }],
  summarise: (definition) => {
    const { spec, status } = definition
    const shortNames = [...listOf(spec?.names?.shortNames)]
    const webhook = spec?.conversion?.webhook?.clientConfig?.service
    return {
      ...verdictOn(definition),
      facts: {
        manifestKind: spec?.names?.kind ?? null,
        group: spec?.group ?? null,
        scope: spec?.scope ?? null,
        versions: listOf(spec?.versions)
          .filter(({ served }) => served)
          .map(({ name }) => name),
        storedVersions: [...listOf(status?.storedVersions)],
        shortNames,
        conversion: spec?.conversion?.strategy ?? 'None',
      },
      ...(webhook && { relations: [relation('service', 'services', webhook.name, webhook.namespace)] }),
      searchTerms: distinct([spec?.names?.kind, spec?.names?.singular, ...shortNames]),
    }
  },
})

/** @see https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/custom-resource-definition-v1/#CustomResourceDefinitionStatus */
function verdictOn({ metadata, status }: Stored<Definition>): Pick<Verdict, 'health' | 'state' | 'reason' | 'since'> {
  const condition = (type: string) => conditionOf(status?.conditions, type)
  const [terminating, names, established] = [condition('Terminating'), condition('NamesAccepted'), condition('Established')]
  if (metadata.deletionTimestamp && terminating?.status === 'True')
    return because(terminating, 'moving', 'terminating', 'instances-go-first')
  if (names?.status === 'False') return because(names, 'failing', 'refused', 'names-refused')
  if (established?.status !== 'True') return because(established, 'moving', 'pending', 'not-established')
  return exists
}
