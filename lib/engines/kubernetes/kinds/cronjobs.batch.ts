import type { V1CronJob } from '@kubernetes/client-node'
import { instantOf } from '../../common/instants.ts'
import { column } from '../../define.ts'
import { basics, resume, runNow, suspend } from '../actions.ts'
import { createdAt, health, name, namespace } from '../columns.ts'
import { kubernetesKind, type Verdict } from '../kind.ts'
import type { Json } from '../object.ts'
import { describeTemplate, templateColumns } from './pod-template.ts'

export const cronjobs = kubernetesKind<Json<V1CronJob>>({
  name: 'cronjobs.batch',
  versions: ['v1'],
  manifestKind: 'CronJob',
  category: 'workload',
  singular: 'cronjob',
  plural: 'cronjobs',
  icon: 'layers',
  columns: [
    health,
    name,
    namespace,
    column('schedule', 'mono'),
    column('active', 'number'),
    column('lastScheduleAt', 'instant'),
    column('lastSuccessAt', 'instant'),
    column('images', 'images', { facet: true }),
    createdAt,
    column('timeZone', 'text', { facet: true, hidden: true }),
    column('suspended', 'boolean', { facet: true, hidden: true }),
    column('concurrencyPolicy', 'text', { facet: true, hidden: true }),
    ...templateColumns,
  ],
  keyFacts: ['schedule', 'timeZone', 'lastScheduleAt', 'lastSuccessAt', 'active', 'concurrencyPolicy'],
  tabs: ['overview', 'events', 'yaml'],
  actions: { run: runNow(), suspend: suspend(), resume: resume(), ...basics() },
  summarise: ({ metadata, spec, status }) => {
    const template = describeTemplate(spec?.jobTemplate?.spec?.template, metadata.namespace)
    const suspended = spec?.suspend ?? false
    const active = status?.active?.length ?? 0
    const lastScheduleAt = instantOf(status?.lastScheduleTime ?? '')
    const lastSuccessAt = instantOf(status?.lastSuccessfulTime ?? '')
    return {
      ...judge({ suspended, active, lastScheduleAt, lastSuccessAt }),
      ...template,
      facts: {
        ...template.facts,
        schedule: spec?.schedule ?? null,
        timeZone: spec?.timeZone ?? null,
        suspended,
        active,
        lastScheduleAt,
        lastSuccessAt,
        concurrencyPolicy: spec?.concurrencyPolicy ?? 'Allow',
      },
    }
  },
})

interface Runs {
  suspended: boolean
  active: number
  lastScheduleAt: string | null
  lastSuccessAt: string | null
}

function judge({ suspended, active, lastScheduleAt, lastSuccessAt }: Runs): Pick<Verdict, 'health' | 'state' | 'reason' | 'since'> {
  if (suspended) return { health: 'stopped', state: { code: 'suspended' } }
  if (active > 0) return { health: 'healthy', state: { code: 'running' }, since: lastScheduleAt }
  // A run that ended well ended after it was due.
  if (lastScheduleAt && (lastSuccessAt ?? '') < lastScheduleAt)
    return { health: 'degraded', state: { code: 'degraded' }, reason: { code: 'last-run-failed' }, since: lastScheduleAt }
  return { health: 'healthy', state: { code: 'scheduled' }, since: lastSuccessAt }
}
