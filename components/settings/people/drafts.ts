import { sameBinding, type Binding, type Role } from '#lib/model/role.ts'

/** A role while it is being written down. */
export interface BindingDraft {
  /** Tells rows apart while they come and go. */
  id: number
  role: Role
  /** null: the whole fleet. */
  environment: string | null
  /** As typed, several separated by commas; empty is all of the environment. */
  namespaces: string
}

let made = 0
const draft = (content: Omit<BindingDraft, 'id'>): BindingDraft => ({ id: ++made, ...content })

/** Least rights first. */
export const newDraft = (): BindingDraft => draft({ role: 'viewer', environment: null, namespaces: '' })

export const draftOf = ({ role, environment, namespaces }: Binding): BindingDraft =>
  draft({ role, environment, namespaces: namespaces?.join(', ') ?? '' })

export function bindingOf({ role, environment, namespaces }: BindingDraft): Binding {
  const typed = [...new Set(namespaces.split(/[\s,]+/).filter((name) => name !== ''))]
  return { role, environment, namespaces: environment === null || typed.length === 0 ? null : typed }
}

/** Whether these give and take nothing, in whatever order they stand. */
export const sameRoles = (one: readonly Binding[], other: readonly Binding[]): boolean =>
  [...one, ...other].every((binding) => one.some((a) => sameBinding(a, binding)) && other.some((b) => sameBinding(b, binding)))
