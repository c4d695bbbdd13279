import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { TerminalFrame, TerminalInput, TerminalRow } from '../../lib/model/terminal.ts'
import type { TestBrowser } from '../../lib/live/fixtures/browser.ts'
import type { Place } from './place.ts'
import { Repeated } from './repeated.ts'

/** Opens a terminal, types into it, reads the answer, and closes it, again and again. */
export class Shells extends Repeated {
  /** How many answered, and how many ended before, with why. */
  answered = 0
  readonly ended: string[] = []
  readonly #place: Place
  readonly #browser: Pick<TestBrowser, 'client'>
  readonly #container: { name: string; uid: string }

  constructor(place: Place, browser: Pick<TestBrowser, 'client'>, container: { name: string; uid: string }) {
    super()
    this.#place = place
    this.#browser = browser
    this.#container = container
  }

  protected async turn(): Promise<void> {
    const id = await this.#open()
    if (id) await this.#use(id)
    await wait(100)
  }

  async #open(): Promise<string | null> {
    const { origin, headers, environment } = this.#place
    const { name, uid } = this.#container
    try {
      const answer = await fetch(`${origin}/api/environments/${environment}/containers/${name}/terminals`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        body: JSON.stringify({ uid }),
      })
      return answer.ok ? ((await answer.json()) as TerminalRow).id : null
    } catch {
      return null // No web is there just now.
    }
  }

  #use(id: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    let text = ''
    let answered = false
    // What was said while there was no connection is lost: the next screen shows how far it came.
    const go = () => {
      const input: TerminalInput = answered ? { type: 'end' } : { type: 'input', text: 'echo $((6 * 7))-answers\n' }
      channel.say(input)
    }
    const channel = this.#browser.client.open('terminal', () => ({ id }), {
      onData: (data) => {
        const frame = data as TerminalFrame
        if (frame.type === 'ended') {
          if (answered) this.answered++
          else this.ended.push(frame.reason.code)
        }
        if (frame.type !== 'screen' && frame.type !== 'output') return
        text = frame.type === 'screen' ? frame.text : text + frame.text
        const before = answered
        answered ||= text.includes('42-answers')
        if (frame.type === 'screen' || answered !== before) go()
      },
      onState: (state) => state === 'ended' && resolve(),
    })
    return promise
  }
}
