import type { Verdict } from '#lib/model/rights.ts'
import { verdictOf } from '#lib/model/rights.ts'
import type { Binding } from '#lib/model/role.ts'
import type { Environment } from '#lib/model/environment.ts'

/** Connecting engines is for administrators of the whole fleet. */
export const mayConnect = (bindings: readonly Binding[]): boolean =>
  bindings.some(({ role, environment, namespaces }) => role === 'administrator' && environment === null && namespaces === null)

/** Editing, pausing and removing one environment needs an administrator of it. */
export const verdictOnEnvironment = (bindings: readonly Binding[], { id, name }: Environment): Verdict =>
  verdictOf(bindings, 'administrator', { environment: id, namespace: null, environmentName: name })
