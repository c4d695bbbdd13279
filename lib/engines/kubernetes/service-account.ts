import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../errors/index.ts'

/** Where Kubernetes puts it into every container. */
export const usualFolder = '/var/run/secrets/kubernetes.io/serviceaccount'

/** Tokens are bound to a time; the file is written anew long before it is over. */
const oldestMs = 60_000

const missing = (cause: unknown) =>
  new AppError('unavailable', 'Portolan runs in no cluster: there is no service account here.', {
    reason: { code: 'not-in-cluster' },
    cause,
  })

export function readAuthority(folder = usualFolder): string {
  try {
    return readFileSync(join(folder, 'ca.crt'), 'utf8')
  } catch (cause) {
    throw missing(cause)
  }
}

/** The token of this process, never more than a minute old. */
export function serviceAccountToken(folder = usualFolder, now: () => number = Date.now): () => Promise<string> {
  let read: { at: number; token: string } | null = null
  return async () => {
    if (read && now() - read.at < oldestMs) return read.token
    const at = now()
    const token = await readFile(join(folder, 'token'), 'utf8').catch((cause: unknown) => {
      throw missing(cause)
    })
    read = { at, token: token.trim() }
    return read.token
  }
}
