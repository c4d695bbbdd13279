import type { KubernetesKind } from '../kind.ts'
import { configmaps } from './configmaps.ts'
import { pods } from './pods.ts'

/** What runs, and what makes it run. */
const workloads: readonly KubernetesKind[] = [pods]

/** What it is configured by, reached by, kept in and allowed by. */
const surroundings: readonly KubernetesKind[] = [configmaps]

/** Every kind that Portolan knows by itself. To add one: its file and its name here. */
export const kinds: readonly KubernetesKind[] = [...workloads, ...surroundings]
