import { z } from 'zod'
import type { ActionDescription } from '../../model/kind.ts'
import { kubernetesAction, type ActionCall } from './kind.ts'

/** What becomes of those that it owns. @see https://kubernetes.io/docs/concepts/architecture/garbage-collection/#cascading-deletion */
const Removal = z.object({ dependents: z.enum(['background', 'foreground', 'orphan']).default('background') })

const policies = { background: 'Background', foreground: 'Foreground', orphan: 'Orphan' } as const

/** Deletes the very object that was meant: the sender adds its uid as a precondition. */
export const remove = <T>(weight: ActionDescription['weight'] = 'irreversible') =>
  kubernetesAction<T, typeof Removal>({
    role: 'operator',
    weight,
    input: Removal,
    blockedBy: (row) => (row.state.code === 'terminating' ? 'being-removed' : undefined),
    call: (_, { dependents }): ActionCall => ({ method: 'DELETE', body: { propagationPolicy: policies[dependents] } }),
  })
