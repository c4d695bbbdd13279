import { randomBytes } from 'node:crypto'
import { hash, verify, type Options } from '@node-rs/argon2'
import { once } from '../once.ts'

// The library's const enum of algorithms cannot be imported by a file that is compiled alone.
const argon2id = 2
// 19 MiB, 2 passes, 1 lane: about 30 ms of one core. @see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
const cost: Options = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** argon2id in PHC format, with its own salt. */
export const hashPassword = (password: string): Promise<string> => hash(password, cost)

const nobodysHash = (): Promise<string> => once('access.nobodysHash', () => hashPassword(randomBytes(16).toString('hex')))

/** Whether the password fits. Without a hash it does the same work and says no, so that time tells nothing about who exists. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const fits = await verify(passwordHash ?? (await nobodysHash()), password)
  return passwordHash !== null && fits
}
