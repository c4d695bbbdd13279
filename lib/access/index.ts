export type { Actor } from './actor.ts'
export { actorOf, authenticate } from './authenticate.ts'
export { allow, holds, holdsEverywhere, scopeOf, type Scope } from './roles.ts'
export { patchSecrets, sealSecrets, secretNames } from './secrets.ts'
export {
  finishActivity,
  interruptExpired,
  knownActivity,
  recordActivity,
  renewActivities,
  reportProgress,
  startActivities,
  startActivity,
  type ActivityEnd,
  type NewActivity,
} from './activities.ts'
export { isSetUp, isSetupLinkUsable } from './setup.ts'
