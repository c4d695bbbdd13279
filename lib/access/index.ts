export type { Actor } from './actor.ts'
export { actorOf, authenticate } from './authenticate.ts'
export { allow, holds, holdsEverywhere, may, scopeOf, type Scope, type Target, type Verdict } from './roles.ts'
export { fingerprint, openSecrets, sealSecrets } from './secrets.ts'
export {
  finishActivity,
  interruptExpired,
  recordActivity,
  renewActivities,
  reportProgress,
  startActivity,
  toActivity,
  type NewActivity,
} from './activities.ts'
export { createSetupLink, isSetUp, isSetupLinkUsable } from './setup.ts'
