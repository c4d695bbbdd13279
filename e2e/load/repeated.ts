/** Something that is done again and again until it is told to rest. */
export abstract class Repeated {
  #going: Promise<void> = Promise.resolve()
  protected resting = true

  begin(): void {
    this.resting = false
    this.#going = this.#go()
    // `rest` tells of it, whenever it comes.
    this.#going.catch(() => undefined)
  }

  /** Resolves when the last turn has ended. Throws what one threw. */
  async rest(): Promise<void> {
    this.resting = true
    await this.#going
  }

  async #go(): Promise<void> {
    while (!this.resting) await this.turn()
  }

  protected abstract turn(): Promise<void>
}
