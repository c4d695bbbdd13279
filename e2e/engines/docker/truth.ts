import type { Observed } from '../../../lib/engines/engine.ts'
import type { TestDocker } from './start.ts'

const lines = (text: string): string[] => text.split('\n').filter(Boolean)

/** All that an engine holds, by the words of its own command: `<kind> <key>`, of containers with id and state. */
export async function truthOf(docker: TestDocker['docker']): Promise<string[]> {
  const [containers, images, volumes, networks] = await Promise.all([
    docker(['ps', '--all', '--no-trunc', '--format', '{{.Names}} {{.ID}} {{.State}}']),
    docker(['images', '--no-trunc', '--quiet']),
    docker(['volume', 'ls', '--quiet']),
    docker(['network', 'ls', '--no-trunc', '--quiet']),
  ])
  const told = { containers, images, volumes, networks }
  return [...new Set(Object.entries(told).flatMap(([kind, text]) => lines(text).map((line) => `${kind} ${line}`)))].toSorted()
}

/** A row in the words of `truthOf`. */
export function asTruth(kind: string, { key, uid, facts }: Pick<Observed['summary'], 'key' | 'uid' | 'facts'>): string {
  const name = kind.replace('docker/', '')
  return name === 'containers' ? `${name} ${key} ${uid} ${String(facts['status'])}` : `${name} ${key}`
}
