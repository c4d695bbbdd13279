export type { Actor } from './actor.ts'
export { allow, holds, holdsEverywhere, may, scopeOf, type Scope, type Target, type Verdict } from './roles.ts'
export { fingerprint, openSecrets, sealSecrets } from './secrets.ts'
