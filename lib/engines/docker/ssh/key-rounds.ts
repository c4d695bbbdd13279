const openSsh = /^-----BEGIN OPENSSH PRIVATE KEY-----\s+([A-Za-z0-9+/=\s]+)-----END/
const magicLength = 15

/**
 * How many rounds of bcrypt stand between the passphrase and a key in OpenSSH's format; 0 for any other.
 * ssh2 runs them where nothing else can run meanwhile, so that a damaged number would stop the whole process.
 * @see https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key
 */
export function keyRounds(text: string): number {
  const data = Buffer.from(openSsh.exec(text.trim())?.[1] ?? '', 'base64')
  let at = magicLength
  const lengthAt = (place: number) => (place + 4 <= data.length ? data.readUInt32BE(place) : 0)
  // The names of the cipher and of the derivation stand before its options: a salt, and the rounds.
  for (let skipped = 0; skipped < 2; skipped++) at += 4 + lengthAt(at)
  if (lengthAt(at) === 0) return 0
  const salt = at + 4
  return lengthAt(salt + 4 + lengthAt(salt))
}
