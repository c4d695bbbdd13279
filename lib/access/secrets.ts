import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto'
import { AppError } from '../errors/index.ts'
import { settings, type SecretKey } from '../settings.ts'

const formatVersion = 1
const ivLength = 12
const tagLength = 16

const headerOf = (id: string): Buffer => {
  const name = Buffer.from(id, 'utf8')
  return Buffer.concat([Buffer.from([formatVersion, name.length]), name])
}

const firstOf = (keys: readonly SecretKey[]): SecretKey => {
  const [first] = keys
  if (!first) throw new AppError('internal', 'There is no secret key to seal with.')
  return first
}

/**
 * Seals secrets with AES-256-GCM under the first key. Layout: version (1 byte), length of the key's id (1), the id,
 * iv (12), tag (16), ciphertext; version and id are authenticated.
 */
export function sealSecrets(secrets: Record<string, string>, keys: readonly SecretKey[] = settings().secretKeys): Uint8Array<ArrayBuffer> {
  const { id, key } = firstOf(keys)
  const header = headerOf(id)
  const iv = randomBytes(ivLength)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(header)
  const body = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()])
  return new Uint8Array(Buffer.concat([header, iv, cipher.getAuthTag(), body]))
}

const idIn = (sealed: Uint8Array): string => Buffer.from(sealed.subarray(2, 2 + (sealed[1] ?? 0))).toString('utf8')

/** Opens what `sealSecrets` made. Throws `internal` when the key is missing or a byte was changed. */
export function openSecrets(sealed: Uint8Array, keys: readonly SecretKey[] = settings().secretKeys): Record<string, string> {
  const id = idIn(sealed)
  const known = keys.find((key) => key.id === id)
  if (sealed[0] !== formatVersion || !known)
    throw new AppError('internal', 'Stored secrets were sealed with a key that is not here.', {
      reason: { code: 'secret_key_missing', params: { key: id } },
    })
  const header = headerOf(id)
  const iv = sealed.subarray(header.length, header.length + ivLength)
  const tag = sealed.subarray(header.length + ivLength, header.length + ivLength + tagLength)
  try {
    const decipher = createDecipheriv('aes-256-gcm', known.key, iv, { authTagLength: tagLength }).setAAD(header).setAuthTag(tag)
    const body = Buffer.concat([decipher.update(sealed.subarray(header.length + ivLength + tagLength)), decipher.final()])
    return JSON.parse(body.toString('utf8')) as Record<string, string>
  } catch (cause) {
    throw new AppError('internal', 'Stored secrets could not be opened: they were changed or belong to another key.', {
      cause,
      reason: { code: 'secrets_damaged' },
    })
  }
}

/** After a rotation: the same secrets under the first key, or null when they are already. */
export function resealSecrets(sealed: Uint8Array, keys: readonly SecretKey[] = settings().secretKeys): Uint8Array<ArrayBuffer> | null {
  return idIn(sealed) === firstOf(keys).id ? null : sealSecrets(openSecrets(sealed, keys), keys)
}

/** A key for one purpose, derived from the first secret key, so that no key serves two ends. 32 bytes. */
export const deriveKey = (purpose: string, keys: readonly SecretKey[] = settings().secretKeys): Buffer =>
  Buffer.from(hkdfSync('sha256', firstOf(keys).key, Buffer.alloc(0), `portolan/${purpose}`, 32))

/** Derived once: a large list has a hundred thousand values to hide. */
const fingerprintKeys = new Map<string, KeyObject>()

function fingerprintKey(keys: readonly SecretKey[]): KeyObject {
  const { id } = firstOf(keys)
  const known = fingerprintKeys.get(id) ?? createSecretKey(deriveKey('fingerprint', keys))
  fingerprintKeys.set(id, known)
  return known
}

/** Eight hex digits that change when `value` does and tell nothing of it: a keyed HMAC. */
export const fingerprint = (value: string, keys: readonly SecretKey[] = settings().secretKeys): string =>
  createHmac('sha256', fingerprintKey(keys)).update(value).digest('hex').slice(0, 8)

/** Which secrets are in there, without telling them. */
export const secretNames = (sealed: Uint8Array | null): string[] => (sealed ? Object.keys(openSecrets(sealed)).toSorted() : [])

/** Replaces single secrets and keeps the others, unseen: a text replaces, null forgets. Null when nothing is left. */
export function patchSecrets(sealed: Uint8Array | null, patch: Record<string, string | null>): Uint8Array<ArrayBuffer> | null {
  const merged = { ...(sealed ? openSecrets(sealed) : {}), ...patch }
  const left = Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== null)
  return left.length ? sealSecrets(Object.fromEntries(left)) : null
}
