import { z } from 'zod'

/** What is being done to a secret: nobody sees the one that is stored. */
export const SecretValue = z.object({ state: z.enum(['none', 'kept', 'forgotten', 'new']), text: z.string() })
export type SecretValue = z.infer<typeof SecretValue>

export const noSecret: SecretValue = { state: 'none', text: '' }
export const storedSecret = (stored: readonly string[], name: string): SecretValue =>
  stored.includes(name) ? { state: 'kept', text: '' } : noSecret

/** Characters. */
export const longestSecret = 100_000

export interface ConnectionRequest {
  settings: Record<string, unknown>
  /** What is not named is kept; null is forgotten. */
  secrets: Record<string, string | null>
}

/** Of `all` secrets of a form those to send: new ones that are `used`, and the end of those that are not any more. */
export function secretsToSend<Name extends string>(
  values: Readonly<Record<Name, SecretValue>>,
  all: readonly Name[],
  used: readonly Name[],
): Record<string, string | null> {
  const secrets = all.flatMap((name): [string, string | null][] => {
    const { state, text } = values[name]
    if (used.includes(name) && state === 'new') return [[name, text]]
    return state === 'forgotten' || (state === 'kept' && !used.includes(name)) ? [[name, null]] : []
  })
  return Object.fromEntries(secrets)
}
