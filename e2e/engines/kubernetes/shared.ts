import { request } from 'node:http'
import { inject } from 'vitest'
import { commandsOf, type Access, type Commands } from './start.ts'

/** Why there is no shared cluster, for `skipIf`; null when there is one. */
export function missingSharedKubernetes(): string | null {
  const provided = inject('kubernetes')
  return 'missing' in provided ? provided.missing : null
}

/** The cluster that all tests of a run share; the first who asks waits for it. What a test makes is in a namespace of its own. */
export async function sharedKubernetes(): Promise<Access & Commands> {
  const provided = inject('kubernetes')
  if ('missing' in provided) throw new Error(`There is no cluster: ${provided.missing}.`)
  const access = JSON.parse(await ask(provided.socket)) as Access
  return { ...access, ...commandsOf(access) }
}

const ask = (socketPath: string) =>
  new Promise<string>((resolve, reject) => {
    const asked = request({ socketPath, path: '/' }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => (text += part))
      answer.on('error', reject).on('end', () => (answer.statusCode === 200 ? resolve(text) : reject(new Error(text))))
    })
    asked.on('error', reject).end()
  })
