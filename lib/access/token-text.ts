import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A token is `ptl_`, its public id, `_` and its secret: scanners of leaks know it by how it begins. */
const form = /^ptl_([0-9a-f]{16})_([\w-]{43})$/

export const startOf = (publicId: string): string => `ptl_${publicId}`

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** A new one, and what is kept of it. The secret is 32 random bytes: nobody guesses it, so one round of SHA-256 is enough. */
export function makeTokenText(): { text: string; publicId: string; hash: string } {
  const publicId = randomBytes(8).toString('hex')
  const secret = randomBytes(32).toString('base64url')
  return { text: `${startOf(publicId)}_${secret}`, publicId, hash: hashOf(secret) }
}

/** Both parts of a token; null when it cannot be one. */
export function readTokenText(text: string): { publicId: string; fits(hash: string): boolean } | null {
  const [, publicId, secret] = form.exec(text) ?? []
  if (publicId === undefined || secret === undefined) return null
  return { publicId, fits: (hash) => timingSafeEqual(Buffer.from(hashOf(secret)), Buffer.from(hash)) }
}

/**
 * The token of ours that these headers carry, whether it is right or not. A bearer of another form is not for us: what
 * stands before Portolan may have put it there.
 */
export function bearerIn(headers: Headers): string | null {
  const [, text] = /^bearer +(ptl_\S*) *$/i.exec(headers.get('authorization') ?? '') ?? []
  return text ?? null
}
