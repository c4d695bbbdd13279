import type { V1Job } from '@kubernetes/client-node'
import { instantOf } from '../../common/instants.ts'
import { column } from '../../define.ts'
import { basics, resume, suspend } from '../actions.ts'
import { createdAt, health, name, namespace } from '../columns.ts'
import { kubernetesKind, type Verdict } from '../kind.ts'
import type { Json, Stored } from '../object.ts'
import { selectorText } from '../values.ts'
import { conditionOf, isTrue, sinceOf, wordsOf } from './conditions.ts'
import { describeTemplate, templateColumns } from './pod-template.ts'

type Job = Stored<Json<V1Job>>

export const jobs = kubernetesKind<Json<V1Job>>({
  name: 'jobs.batch',
  versions: ['v1'],
  manifestKind: 'Job',
  category: 'workload',
  singular: 'job',
  plural: 'jobs',
  icon: 'layers',
  columns: [
    health,
    name,
    namespace,
    column('completions', 'text'),
    column('active', 'number'),
    column('failures', 'number'),
    column('startedAt', 'instant'),
    column('completedAt', 'instant'),
    column('images', 'images', { facet: true }),
    createdAt,
    column('owner', 'text', { facet: true, hidden: true }),
    column('status', 'text', { facet: true, hidden: true }),
    column('succeeded', 'number', { hidden: true }),
    column('parallelism', 'number', { hidden: true }),
    column('backoffLimit', 'number', { hidden: true }),
    column('suspended', 'boolean', { facet: true, hidden: true }),
    column('selector', 'text', { hidden: true }),
    ...templateColumns,
  ],
  keyFacts: ['completions', 'active', 'failures', 'startedAt', 'completedAt', 'owner'],
  tabs: ['overview', 'logs', 'events', 'yaml'],
  streams: ['logs'],
  actions: {
    // Its pods are ended.
    suspend: suspend('recoverable', (row) => (row.facts['completedAt'] !== null || row.health === 'failing' ? 'has-ended' : undefined)),
    resume: resume(),
    ...basics(),
  },
  summarise: (job) => {
    const { metadata, spec, status } = job
    const template = describeTemplate(spec?.template, metadata.namespace)
    return {
      ...judge(job),
      ...template,
      facts: {
        ...template.facts,
        status: statusOf(job),
        completions: completionsOf(job),
        active: status?.active ?? 0,
        succeeded: status?.succeeded ?? 0,
        failures: status?.failed ?? 0,
        parallelism: spec?.parallelism ?? 1,
        backoffLimit: spec?.backoffLimit ?? 6,
        suspended: spec?.suspend ?? false,
        startedAt: instantOf(status?.startTime ?? ''),
        completedAt: instantOf(status?.completionTime ?? ''),
        owner: metadata.ownerReferences?.find((reference) => reference.controller)?.name ?? null,
        selector: selectorText(spec?.selector),
      },
    }
  },
})

/** As kubectl writes it: of a queue of work it is not known how often it will have to end well. */
function completionsOf({ spec, status }: Job): string {
  const succeeded = status?.succeeded ?? 0
  if (spec?.completions !== undefined) return `${succeeded}/${spec.completions}`
  return (spec?.parallelism ?? 0) > 1 ? `${succeeded}/1 of ${spec?.parallelism}` : `${succeeded}/1`
}

/** What kubectl shows under STATUS. */
function statusOf({ metadata, status }: Job): string {
  const has = (type: string) => isTrue(conditionOf(status?.conditions, type))
  if (has('Complete')) return 'Complete'
  if (has('Failed')) return 'Failed'
  if (metadata.deletionTimestamp) return 'Terminating'
  return ['Suspended', 'FailureTarget', 'SuccessCriteriaMet'].find((type) => has(type)) ?? 'Running'
}

function judge({ spec, status }: Job): Pick<Verdict, 'health' | 'state' | 'reason' | 'since'> {
  const complete = conditionOf(status?.conditions, 'Complete')
  const failed = conditionOf(status?.conditions, 'Failed')
  const failures = status?.failed ?? 0
  if (isTrue(complete)) return { health: 'completed', state: { code: 'completed' }, since: sinceOf(complete) }
  if (isTrue(failed))
    return {
      health: 'failing',
      state: { code: 'failed' },
      reason: { code: 'job-failed', params: { failures, why: failed?.reason || '–' }, words: wordsOf(failed?.message) },
      since: sinceOf(failed),
    }
  if (spec?.suspend)
    return { health: 'stopped', state: { code: 'suspended' }, since: sinceOf(conditionOf(status?.conditions, 'Suspended')) }
  const since = instantOf(status?.startTime ?? '')
  if (failures > 0)
    return {
      health: 'degraded',
      state: { code: 'running' },
      reason: { code: 'job-tries-again', params: { failures, limit: spec?.backoffLimit ?? 6 } },
      since,
    }
  return (status?.active ?? 0) > 0
    ? { health: 'healthy', state: { code: 'running' }, since }
    : { health: 'moving', state: { code: 'starting' }, since }
}
