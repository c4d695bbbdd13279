import type { Reason } from '../../../model/reason.ts'
import { wordsOf } from './conditions.ts'
import { requestOf, type PodSpec } from './pod-template.ts'

/** Why a node was passed over, in the scheduler's words. */
const causes: Record<string, RegExp> = {
  cpu: /^Insufficient cpu$/,
  memory: /^Insufficient memory$/,
  pods: /^Too many pods$/,
  tainted: /^node\(s\) had (?:untolerated )?taint/,
  cordoned: /^node\(s\) were unschedulable$/,
  selector: /^node\(s\) didn't match Pod's node affinity/,
  spread: /^node\(s\) (?:didn't match pod (?:anti-)?affinity|didn't satisfy existing pods anti-affinity|didn't match pod topology spread)/,
  ports: /^node\(s\) didn't have free ports/,
  volumes: /^node\(s\) (?:had volume node affinity conflict|didn't find available persistent volumes)/,
}

const form = /^0\/(\d{1,6}) nodes are available: (.+)$/s
const unbound = /pod has unbound immediate PersistentVolumeClaims/
/** What could be done about it by others: not why. */
const afterwards = /,? no new claims to deallocate,?|\.? preemption: .*$/gs

/**
 * `0/3 nodes are available: 2 Insufficient cpu, 1 node(s) had untolerated taint {…}.` as figures. What has any other
 * form stays as the scheduler's own words.
 */
export function unschedulable(message: string | undefined, spec: PodSpec | undefined): Reason {
  const claims = (spec?.volumes ?? []).flatMap((volume) => volume.persistentVolumeClaim?.claimName ?? [])
  if (claims.length > 0 && unbound.test(message ?? '')) return { code: 'waits-for-claims', params: { names: claims.join(', ') } }
  const verbatim = { code: 'no-node-takes-it', ...(wordsOf(message) && { words: wordsOf(message) }) }
  const [, nodes, told] = form.exec(message ?? '') ?? []
  if (!nodes || !told) return verbatim
  const counts: Record<string, number> = Object.fromEntries(Object.keys(causes).map((cause) => [cause, 0]))
  for (const part of told
    .replaceAll(afterwards, '')
    .replace(/\.$/, '')
    .split(/, (?=\d+ )/)) {
    const [, count, why = ''] = /^(\d{1,6}) (.+)$/s.exec(part.trim()) ?? []
    const [cause] = Object.entries(causes).find(([, pattern]) => pattern.test(why)) ?? []
    if (!cause) return verbatim
    counts[cause] = (counts[cause] ?? 0) + Number(count)
  }
  const mebibytes = Math.ceil((requestOf(spec, 'memory') ?? 0) / 2 ** 20)
  return { code: 'unschedulable', params: { nodes: Number(nodes), ...counts, cores: requestOf(spec, 'cpu') ?? 0, mebibytes } }
}
