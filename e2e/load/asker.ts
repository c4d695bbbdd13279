import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { askEngine } from '../engines/docker/ask.ts'
import { makeSleeper, type Place } from './place.ts'
import { Repeated } from './repeated.ts'
import { harmless, type Wish } from './signals.ts'

const againAfterMs = 50

/** Does things over the API, and repeats with its key what was not answered, as people and scripts do. */
export class Asker extends Repeated {
  readonly wishes: Wish[] = []
  /** Answers that no fault of an engine, a database or a process explains. */
  readonly surprises: string[] = []
  readonly #place: Place
  readonly #name: string
  readonly #random: () => number

  constructor(place: Place, name: string, random: () => number) {
    super()
    this.#place = place
    this.#name = name
    this.#random = random
  }

  protected async turn(): Promise<void> {
    const { socket } = this.#place
    const container = `${this.#name}-${this.wishes.length}`
    const uid = await makeSleeper(socket, container)
    for (const signal of harmless) {
      if (this.resting) break
      this.wishes.push({ container, signal })
      await this.#ask(container, signal, uid)
      await wait(this.#random() * 100)
    }
    await askEngine(socket, 'DELETE', `/containers/${container}?force=1`)
  }

  async #ask(container: string, signal: string, uid: string): Promise<void> {
    const key = randomUUID()
    // Now and then somebody presses twice.
    const times = this.#random() < 0.2 ? 2 : 1
    for (;;) {
      const answers = await Promise.all(Array.from({ length: times }, () => this.#post(container, { uid, input: { signal } }, key)))
      if (answers.some(Boolean)) return
      await wait(againAfterMs)
    }
  }

  /** Whether it was answered with its activity. */
  async #post(container: string, body: object, key: string): Promise<boolean> {
    const { origin, headers, environment } = this.#place
    try {
      const answer = await fetch(`${origin}/api/environments/${environment}/containers/${container}/actions/kill`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(body),
      })
      const text = await answer.text()
      if (answer.ok) return true
      // Not seen yet, off while the engine is silent, too much at once, or somebody on the way does not answer.
      if (![404, 412, 429, 502, 503, 504].includes(answer.status)) this.surprises.push(`${answer.status} ${text}`)
      return false
    } catch {
      return false // No web is there just now.
    }
  }
}
