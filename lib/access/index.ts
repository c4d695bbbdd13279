export type { Actor } from './actor.ts'
export { actorOf, authenticate } from './authenticate.ts'
export { allow, holds, holdsEverywhere, may, scopeOf, type Scope, type Target, type Verdict } from './roles.ts'
export { fingerprint, openSecrets, patchSecrets, sealSecrets, secretNames } from './secrets.ts'
export {
  finishActivity,
  interruptExpired,
  knownActivity,
  recordActivity,
  renewActivities,
  reportProgress,
  startActivities,
  startActivity,
  toActivity,
  type ActivityEnd,
  type NewActivity,
} from './activities.ts'
export { createSetupLink, isSetUp, isSetupLinkUsable } from './setup.ts'
