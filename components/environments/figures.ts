import type { EnvironmentCard } from '#lib/model/home.ts'
import { healths, type Health } from '#lib/model/health.ts'
import type { KindDescription } from '#lib/model/kind.ts'

/** How many things of each kind an environment holds, in the kinds' own order; events are history, not things. */
export function totalsByKind(
  kinds: EnvironmentCard['kinds'],
  described: readonly KindDescription[],
  engine: string,
): { kind: KindDescription; total: number; problems: number }[] {
  return (
    described
      .filter((kind) => kind.engine === engine && kind.category !== 'event')
      .map((kind) => {
        const counts = kinds[kind.name] ?? {}
        const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
        return { kind, total, problems: (counts.failing ?? 0) + (counts.degraded ?? 0) }
      })
      // Of an engine with so many kinds that they stand in sections, those that nobody uses say nothing.
      .filter(({ kind, total }) => kind.section === null || total > 0)
  )
}

/** Things that run, by health, worst first: images and volumes have no health worth a bar. */
export function healthOfInstances(
  kinds: EnvironmentCard['kinds'],
  described: readonly KindDescription[],
): { health: Health; count: number }[] {
  const running = described.filter(({ category }) => category === 'instance' || category === 'workload')
  return healths
    .map((health) => ({ health, count: running.reduce((sum, kind) => sum + (kinds[kind.name]?.[health] ?? 0), 0) }))
    .filter(({ count }) => count > 0)
}
