import http from 'node:http'
import type { Duplex } from 'node:stream'

/** Node's agent for HTTP, over streams that somebody else opens. */
export class ForwardingAgent extends http.Agent {
  readonly #open: () => Duplex

  constructor(options: http.AgentOptions, open: () => Duplex) {
    super(options)
    this.#open = open
  }

  override createConnection(): Duplex {
    return this.#open()
  }
}
