import { roleAt, type Verdict } from '#lib/model/rights.ts'
import type { Binding } from '#lib/model/role.ts'

/** Connecting, changing and removing environments is for administrators of the whole fleet. */
export function verdictOnConnecting(bindings: readonly Binding[]): Verdict {
  const fleet = bindings.filter(({ environment, namespaces }) => environment === null && namespaces === null)
  const held = roleAt(fleet, { environment: '', namespace: null })
  if (held === 'administrator') return { allowed: true }
  return { allowed: false, reason: { code: 'needs_role', params: { role: 'administrator', held: held ?? 'none' } } }
}

export const mayConnect = (bindings: readonly Binding[]): boolean => verdictOnConnecting(bindings).allowed
