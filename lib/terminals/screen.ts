import { SerializeAddon } from '@xterm/addon-serialize'
import headless from '@xterm/headless'
import { terminalLines, type TerminalSize } from '../model/terminal.ts'

/** A screen full of colours can be long; then the lines above it are left out. */
const longestText = 1024 * 1024
/**
 * The answers that programs wait for: where the cursor is, that all is well, and what sort of terminal it is. Their form
 * is fixed and no output of a program can put words into them.
 */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const harmless = /^\u001b\[(?:\d{1,4};\d{1,4}R|0n|\?1;2c)$/

/** What a terminal shows, kept on the server for whoever comes, or comes back. Its memory is bounded by its lines. */
export class Screen {
  readonly #terminal: headless.Terminal
  readonly #serializer = new SerializeAddon()

  /** `onAnswer` is given what the program is to read as an answer to what it asked. */
  constructor(size: TerminalSize, onAnswer: (answer: string) => void) {
    this.#terminal = new headless.Terminal({
      cols: size.columns,
      rows: size.rows,
      scrollback: terminalLines,
      allowProposedApi: true,
      logLevel: 'off',
    })
    this.#terminal.loadAddon(this.#serializer)
    this.#terminal.onData((answer) => {
      if (harmless.test(answer)) onAnswer(answer)
    })
  }

  get size(): TerminalSize {
    return { columns: this.#terminal.cols, rows: this.#terminal.rows }
  }

  /** Resolves when all of it is on the screen. */
  write(text: string): Promise<void> {
    return new Promise((resolve) => this.#terminal.write(text, resolve))
  }

  resize({ columns, rows }: TerminalSize): void {
    this.#terminal.resize(columns, rows)
  }

  /** What another terminal of the same size shows the same by. Not while `write` is under way. */
  text(): string {
    const all = this.#serializer.serialize({ scrollback: terminalLines })
    return all.length > longestText ? this.#serializer.serialize({ scrollback: 0 }) : all
  }
}
