export { sessionOf, type Actor, type Via } from './actor.ts'
export { actorAgain, actorOf, authenticate } from './authenticate.ts'
export { allow, holds, holdsEverywhere, knows, may, noEnvironment, scopeOf, type Scope, type Target } from './roles.ts'
export { deriveKey, patchSecrets, sealSecrets, secretNames } from './secrets.ts'
export {
  knownActivity,
  reportProgress,
  startActivities,
  startActivity,
  type ActivityEnd,
  type NewActivity,
  type Started,
} from './activities.ts'
export { interruptExpired, renewActivities } from './activity-leases.ts'
export { recordActivities, recordActivity, settleActivity } from './activity-outcomes.ts'
export { isSetUp } from './administrators.ts'
export { readLink } from './links.ts'
