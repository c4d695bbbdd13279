/**
 * What changed, as NOTIFY says it and as live queries wait for it. A missing field means "any".
 * `access` re-checks every open channel; `user` narrows it to one person.
 */
export type Topic =
  | { topic: 'rows'; environment?: string; kind?: string; namespace?: string }
  | { topic: 'events'; environment?: string }
  | { topic: 'activities'; environment?: string }
  | { topic: 'environments'; environment?: string }
  | { topic: 'terminals'; environment?: string }
  | { topic: 'access'; user?: string }

/** Whether what changed can concern who waits for `wanted`. */
export function concerns(changed: Topic, wanted: Topic): boolean {
  if (changed.topic !== wanted.topic) return false
  const a = changed as Record<string, string | undefined>
  const b = wanted as Record<string, string | undefined>
  return (['environment', 'kind', 'namespace', 'user'] as const).every((f) => a[f] === undefined || b[f] === undefined || a[f] === b[f])
}
