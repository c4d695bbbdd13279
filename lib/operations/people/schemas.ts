import { z } from 'zod'
import { Binding } from '../../model/binding.ts'
import { OneTimeLink, Person } from '../../model/person.ts'
import { sameBinding } from '../../model/role.ts'
import { EnvironmentId } from '../inputs.ts'

export const PersonId = z.uuid()

const Namespace = z.string().trim().min(1).max(253)
const Place = Binding.extend({
  environment: EnvironmentId.nullable().meta({ description: 'null: the whole fleet' }),
  namespaces: z.array(Namespace).min(1).max(100).nullable().meta({ description: 'null: all of the environment' }),
}).refine((binding) => binding.namespaces === null || binding.environment !== null, {
  path: ['namespaces'],
  message: 'Namespaces are of one environment.',
})

/** What a person holds; the same twice is once. */
export const Bindings = z
  .array(Place)
  .max(100)
  .transform((bindings) => bindings.filter((one, at) => bindings.findIndex((other) => sameBinding(one, other)) === at))

/** A person, and the link for them, which is told this once. */
export const PersonWithLink = z.object({ person: Person, link: OneTimeLink })
export type PersonWithLink = z.infer<typeof PersonWithLink>
