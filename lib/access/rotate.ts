import { prisma } from '../database/index.ts'
import { resealSecrets } from './secrets.ts'

/**
 * After a rotation of keys: everything sealed under an older one is sealed anew under the first, so that the older
 * one can be taken away after a start. Answers how many. Throws `internal` when a key is missing that is still needed.
 */
export async function resealEverything(): Promise<number> {
  const rows = await prisma().environment.findMany({ where: { secrets: { not: null } }, select: { id: true, secrets: true } })
  let resealed = 0
  for (const { id, secrets } of rows) {
    const anew = secrets && resealSecrets(secrets)
    if (!anew) continue
    // Only what was read is replaced: new credentials that came meanwhile are sealed under the first key already.
    const { count } = await prisma().environment.updateMany({ where: { id, secrets }, data: { secrets: anew } })
    resealed += count
  }
  return resealed + (await resealSessions())
}

/** The tokens that providers gave for sessions. */
async function resealSessions(): Promise<number> {
  const rows = await prisma().oidcSession.findMany({ where: { sealed: { not: null } }, select: { sessionId: true, sealed: true } })
  let resealed = 0
  for (const { sessionId, sealed } of rows) {
    const anew = sealed && resealSecrets(sealed)
    if (!anew) continue
    const { count } = await prisma().oidcSession.updateMany({ where: { sessionId, sealed }, data: { sealed: anew } })
    resealed += count
  }
  return resealed
}
