import { setTimeout as wait } from 'node:timers/promises'
import { askEngine } from '../engines/docker/ask.ts'
import { Repeated } from './repeated.ts'

const image = 'portolan/busybox:1'
/** So many of each are there at once. */
const most = { containers: 12, volumes: 6, networks: 3 }
const longestRestMs = 250

/** Makes, starts, stops and removes things at an engine, one after the other, until it is told to rest. */
export class Churn extends Repeated {
  /** What was done in all. */
  done = 0
  readonly #socket: string
  readonly #random: () => number
  readonly #there = { containers: [] as string[], volumes: [] as string[], networks: [] as string[] }
  #made = 0

  constructor(socket: string, random: () => number) {
    super()
    this.#socket = socket
    this.#random = random
  }

  protected async turn(): Promise<void> {
    await this.#step()
    this.done++
    await wait(this.#random() * longestRestMs)
  }

  #step(): Promise<void> {
    const chance = this.#random()
    if (chance < 0.15) return this.#turn('volumes', '/volumes/create', (name) => ({ Name: name }))
    if (chance < 0.2) return this.#turn('networks', '/networks/create', (name) => ({ Name: name }))
    if (chance < 0.5)
      return this.#turn(
        'containers',
        (name) => `/containers/create?name=${name}`,
        () => ({ Image: image, Cmd: ['sleep', '100000'], StopSignal: 'SIGKILL' }),
        '?force=1',
      )
    const name = this.#any('containers')
    if (!name) return Promise.resolve()
    return askEngine(this.#socket, 'POST', `/containers/${name}/${chance < 0.8 ? 'start' : 'stop?t=0'}`)
  }

  /** Makes one more, or removes one: the more there are, the likelier. */
  async #turn(
    kind: keyof typeof most,
    create: string | ((name: string) => string),
    body: (name: string) => object,
    options = '',
  ): Promise<void> {
    const there = this.#there[kind]
    if (this.#random() < there.length / most[kind]) {
      const name = this.#any(kind)!
      there.splice(there.indexOf(name), 1)
      return askEngine(this.#socket, 'DELETE', `/${kind}/${name}${options}`)
    }
    const name = `churn-${++this.#made}`
    await askEngine(this.#socket, 'POST', typeof create === 'string' ? create : create(name), body(name))
    there.push(name)
  }

  #any(kind: keyof typeof most): string | undefined {
    const there = this.#there[kind]
    return there[Math.floor(this.#random() * there.length)]
  }
}
