import { allow, scopeOf, type Actor } from '../../access/index.ts'
import type { EnvironmentModel } from '../../database/generated/models/Environment.ts'
import { engineOf, kindOf } from '../../engines/index.ts'
import type { Action, Kind } from '../../engines/engine.ts'
import { AppError } from '../../errors/index.ts'
import { readResource } from '../../inventory/index.ts'
import type { ResourceDetail } from '../../model/inventory.ts'
import type { Role } from '../../model/role.ts'
import { findEnvironment } from '../environments/rows.ts'
import type { ResourcePlace } from '../inputs.ts'

/** What a path means, as far as the actor may know of it. */
export interface Target {
  environment: EnvironmentModel
  kind: Kind
  found: ResourceDetail
}

/** The kind of an environment by its short or full name. Throws `not_found`. */
export function kindIn(environment: Pick<EnvironmentModel, 'engine'>, name: string): Kind {
  const full = name.includes('/') ? name : `${environment.engine}/${name}`
  const kind = kindOf(full)
  if (!engineOf(environment.engine).kinds.includes(kind))
    throw new AppError('not_found', `${full} is not of that engine.`, { reason: { code: 'kind-unknown', params: { kind: full } } })
  return kind
}

const gone = (kind: Kind, place: ResourcePlace, environment: string) =>
  new AppError('not_found', `There is no ${kind.singular} ${place.key} on ${environment}, or you may not know of it.`, {
    reason: { code: 'resource_gone', params: { name: place.key, environment } },
  })

/** Finds a resource that the actor may see. Throws `not_found` for everything else, whatever the cause. */
export async function findTarget(actor: Actor, place: ResourcePlace): Promise<Target> {
  const environment = await findEnvironment(actor, place.environment)
  const kind = kindIn(environment, place.kind)
  const found = await readResource({ environment: place.environment, kind: kind.name, key: place.key }, scopeOf(actor, 'viewer'))
  if (!found) throw gone(kind, place, environment.name)
  return { environment, kind, found }
}

/** Goes on when the actor holds `role` over the resource. Throws `forbidden` with the role that is missing. */
export function allowOn(actor: Actor, role: Role, { environment, found }: Target): void {
  allow(actor, role, { environment: String(environment.id), namespace: found.row.namespace, environmentName: environment.name })
}

/** An action of the kind. Throws `not_found`. */
export function actionOf(kind: Kind, name: string): Action {
  const action = kind.actions.find((one) => one.name === name)
  if (!action)
    throw new AppError('not_found', `${kind.plural} have no action ${name}.`, {
      reason: { code: 'action_unknown', params: { action: name } },
    })
  return action
}
