import { request } from 'node:http'
import { constants } from 'node:os'
import { createInterface } from 'node:readline'

/** What a program that hears none of them, and is the first of its container, lives through. */
export const harmless = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGTERM'] as const
export type Harmless = (typeof harmless)[number]
const numbers = new Set<number>(harmless.map((signal) => constants.signals[signal]))

/** One signal to one container: no two wishes are the same, so the engine's own word tells how often each was done. */
export interface Wish {
  container: string
  signal: Harmless
}
const nameOf = (container: string, number: number) => `${container} ${number}`

export interface SentSignals {
  /** Wishes in the engine's words, as often as it was asked to fulfil them. */
  sent: string[]
  stop(): void
}

/** Writes down every harmless signal that an engine is asked to send from now on. */
export function watchSignals(socketPath: string): Promise<SentSignals> {
  const filters = encodeURIComponent(JSON.stringify({ type: ['container'], event: ['kill'] }))
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path: `/events?filters=${filters}` }, (events) => {
      const sent: string[] = []
      const lines = createInterface({ input: events })
      // Whoever stops it breaks it off.
      for (const one of [events, lines]) one.on('error', () => undefined)
      lines.on('line', (line) => {
        const { Actor } = JSON.parse(line) as { Actor: { Attributes: { name: string; signal: string } } }
        const { name, signal } = Actor.Attributes
        if (numbers.has(Number(signal))) sent.push(nameOf(name, Number(signal)))
      })
      resolve({ sent, stop: () => asked.destroy() })
    })
    asked.on('error', reject).end()
  })
}

type Written = { key: string | null; outcome: string; input: unknown }

/** What is wrong with what was wished, done, and written down: nothing twice, nothing without an activity, none that goes on for ever. */
export function complaintsAbout(wishes: readonly Wish[], sent: readonly string[], activities: readonly Written[]): string[] {
  const complaints: string[] = []
  const written = Map.groupBy(activities, ({ key, input }) => nameOf(key!, constants.signals[(input as Wish).signal]))
  const done = Map.groupBy(sent, (name) => name)
  for (const { container, signal } of wishes) {
    const name = nameOf(container, constants.signals[signal])
    const of = written.get(name) ?? []
    const times = done.get(name)?.length ?? 0
    if (of.length !== 1) complaints.push(`${name}: ${of.length} activities`)
    if (times > 1) complaints.push(`${name}: done ${times} times`)
    if (of[0]?.outcome === 'succeeded' && times === 0) complaints.push(`${name}: succeeded and was never done`)
  }
  for (const name of done.keys()) if (!written.has(name)) complaints.push(`${name}: done without an activity`)
  for (const [name, of] of written) if (of.some(({ outcome }) => outcome === 'running')) complaints.push(`${name}: still running`)
  return complaints
}
