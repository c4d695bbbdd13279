import type { EngineTerminal } from '../../lib/engines/engine.ts'

/** Reads a terminal in the background and keeps all that it showed. */
export class Screen {
  readonly terminal: EngineTerminal
  /** Resolves when nothing more comes. */
  readonly ended: Promise<void>
  text = ''
  #waiting: (() => void)[] = []

  constructor(terminal: EngineTerminal) {
    this.terminal = terminal
    this.ended = this.#read()
  }

  type(text: string): void {
    this.terminal.write(Buffer.from(text))
  }

  /** Waits until it shows this; the test's own time-out ends it. */
  async until(wanted: string | RegExp): Promise<void> {
    while (typeof wanted === 'string' ? !this.text.includes(wanted) : !wanted.test(this.text))
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  async #read(): Promise<void> {
    for await (const bytes of this.terminal.output) {
      this.text += Buffer.from(bytes).toString('utf8')
      for (const wake of this.#waiting.splice(0)) wake()
    }
  }
}
