import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fingerprint, openSecrets, resealSecrets, sealSecrets } from './secrets.ts'

const older = { id: 'older', key: randomBytes(32) }
const newer = { id: 'newer', key: randomBytes(32) }
const secrets = { key: '-----BEGIN PRIVATE KEY-----', ca: 'é' }

describe('sealed secrets', () => {
  it('come back as they were', () => {
    expect(openSecrets(sealSecrets(secrets, [newer]), [newer])).toEqual(secrets)
  })

  it('are different each time and hold no plain text', () => {
    const [one, two] = [sealSecrets(secrets, [newer]), sealSecrets(secrets, [newer])]
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(false)
    expect(Buffer.from(one).includes('PRIVATE')).toBe(false)
  })

  it('open under an older key after a rotation, and are sealed anew under the first', () => {
    const sealed = sealSecrets(secrets, [older])
    expect(openSecrets(sealed, [newer, older])).toEqual(secrets)
    const resealed = resealSecrets(sealed, [newer, older])
    expect(resealed && openSecrets(resealed, [newer])).toEqual(secrets)
    expect(resealed && resealSecrets(resealed, [newer, older])).toBeNull()
  })

  it('say which key is missing', () => {
    expect(() => openSecrets(sealSecrets(secrets, [older]), [newer])).toThrow(
      expect.objectContaining({ reason: { code: 'secret_key_missing', params: { key: 'older' } } }),
    )
  })

  it('do not open when any byte was changed', () => {
    const sealed = sealSecrets(secrets, [newer])
    for (let index = 0; index < sealed.length; index++) {
      const changed = sealed.slice()
      changed[index] = changed[index]! ^ 1
      expect(() => openSecrets(changed, [newer]), `byte ${index}`).toThrow()
    }
  })

  it('do not open under another key of the same id', () => {
    expect(() => openSecrets(sealSecrets(secrets, [newer]), [{ id: 'newer', key: older.key }])).toThrow(
      expect.objectContaining({ reason: { code: 'secrets_damaged' } }),
    )
  })
})

it('a fingerprint is short, the same for the same value and key, and another otherwise', () => {
  expect(fingerprint('hunter2', [newer])).toMatch(/^[0-9a-f]{8}$/)
  expect(fingerprint('hunter2', [newer])).toBe(fingerprint('hunter2', [newer]))
  expect(fingerprint('hunter2', [newer])).not.toBe(fingerprint('hunter3', [newer]))
  expect(fingerprint('hunter2', [newer])).not.toBe(fingerprint('hunter2', [older]))
})
