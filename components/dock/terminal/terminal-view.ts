import { FitAddon } from '@xterm/addon-fit'
import { Terminal } from '@xterm/xterm'
import { liveClient, type ChannelState } from '#lib/client/index.ts'
import type { AppError } from '#lib/errors/index.ts'
import { largestTerminal, longestInput, terminalLines, type TerminalFrame, type TerminalSize, type Watcher } from '#lib/model/terminal.ts'
import { withNonce } from './noncing.ts'
import { cleanPaste, linesThatRun, longestPaste } from './paste.ts'
import { quieten } from './quiet.ts'
import { onTheme, themeNow } from './theme.ts'

export interface TerminalState {
  channel: ChannelState
  error: AppError | null
  /** Null until the server has said. */
  types: boolean | null
  people: readonly Watcher[]
  ended: Extract<TerminalFrame, { type: 'ended' }> | null
  /** The connection was lost and is back. */
  isBack: boolean
  /** Was to be pasted, and waits for a word: so many lines would run at once, or it is too long. */
  paste: { text: string; lines: number } | 'too-long' | null
}

const initial: TerminalState = { channel: 'connecting', error: null, types: null, people: [], ended: null, isBack: false, paste: null }
/** How long it says that it is back. */
const backMs = 4_000
const betweenSizesMs = 80

/** One terminal of the dock. It stays connected and keeps its lines while its tab is not in front. */
export class TerminalView {
  readonly terminal: Terminal
  state = initial
  /** Called when somebody leaves it by the keyboard. */
  onLeave = () => {}
  readonly #fit = new FitAddon()
  readonly #element = document.createElement('div')
  readonly #listeners = new Set<() => void>()
  readonly #channel: ReturnType<ReturnType<typeof liveClient>['open']>
  readonly #stopTheme: () => void
  readonly #label: string
  #shown: Promise<void> = Promise.resolve()
  #sizing: ReturnType<typeof setTimeout> | undefined

  constructor(id: string, label: string) {
    this.#label = label
    this.terminal = new Terminal({
      allowProposedApi: true,
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font-mono') || 'monospace',
      fontSize: 12,
      lineHeight: 1.35,
      minimumContrastRatio: 4.5,
      scrollback: terminalLines,
      theme: themeNow(),
      logLevel: 'off',
    })
    this.#element.className = 'h-full w-full'
    this.#element.addEventListener('paste', (event) => this.#onPaste(event), { capture: true })
    this.terminal.loadAddon(this.#fit)
    quieten(this.terminal.parser)
    this.terminal.attachCustomKeyEventHandler((event) => this.#onKey(event))
    this.terminal.onData((text) => this.type(text))
    this.#stopTheme = onTheme(() => (this.terminal.options.theme = themeNow()))
    this.#channel = liveClient().open('terminal', () => ({ id }), {
      onData: (data) => (this.#shown = this.#shown.then(() => this.#show(data as TerminalFrame))),
      onState: (channel, error) => this.#onState(channel, error),
    })
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Puts it into the page, and keeps its size that of its place. The answer takes it out again. */
  mount(place: HTMLElement): () => void {
    place.append(this.#element)
    if (!this.terminal.element) withNonce(() => this.terminal.open(this.#element))
    this.terminal.textarea?.setAttribute('aria-label', this.#label)
    const observer = new ResizeObserver(() => this.fit())
    observer.observe(place)
    this.fit()
    return () => {
      observer.disconnect()
      this.#element.remove()
    }
  }

  /** As large as its place; only who types decides. */
  fit(): void {
    const found = this.state.types ? this.#fit.proposeDimensions() : undefined
    if (!found || !Number.isFinite(found.cols) || !Number.isFinite(found.rows)) return
    const size = { columns: Math.min(found.cols, largestTerminal.columns), rows: Math.min(found.rows, largestTerminal.rows) }
    if (size.columns < 2 || (size.columns === this.terminal.cols && size.rows === this.terminal.rows)) return
    this.terminal.resize(size.columns, size.rows)
    clearTimeout(this.#sizing)
    this.#sizing = setTimeout(() => this.#channel.say({ type: 'size', size }), betweenSizesMs)
  }

  type(text: string): void {
    if (!this.state.types || this.state.ended) return
    for (let from = 0; from < text.length; from += longestInput)
      this.#channel.say({ type: 'input', text: text.slice(from, from + longestInput) })
  }

  /** Pastes what is safe at once, and asks about the rest. */
  paste(given: string): void {
    const text = cleanPaste(given)
    const lines = linesThatRun(text, this.terminal.modes.bracketedPasteMode)
    if (text.length > longestPaste) this.#set({ paste: 'too-long' })
    else if (lines > 0) this.#set({ paste: { text, lines } })
    else this.terminal.paste(text)
  }

  /** Does or leaves what was to be pasted. */
  settlePaste(wanted: boolean): void {
    const { paste } = this.state
    this.#set({ paste: null })
    if (wanted && paste && paste !== 'too-long') this.terminal.paste(paste.text)
    this.terminal.focus()
  }

  copy(): void {
    const text = this.terminal.getSelection()
    // Without TLS browsers have no clipboard for scripts, but still the old command.
    if (text && 'clipboard' in navigator) void navigator.clipboard.writeText(text).catch(() => document.execCommand('copy'))
    else if (text) document.execCommand('copy')
  }

  /** Ends the terminal itself when it is one's own, and lets go of it. */
  close(): void {
    if (this.state.types) this.#channel.say({ type: 'end' })
    clearTimeout(this.#sizing)
    this.#channel()
    this.#stopTheme()
    this.terminal.dispose()
  }

  #onKey(event: KeyboardEvent): boolean {
    if (event.ctrlKey && event.key === '`') return false
    if (event.ctrlKey && event.shiftKey && event.key === 'ArrowUp') {
      if (event.type === 'keydown') this.onLeave()
      event.preventDefault()
      event.stopPropagation()
      return false
    }
    const letter = event.key.toLowerCase()
    const isCopy = (event.ctrlKey && event.shiftKey && letter === 'c') || (event.metaKey && letter === 'c')
    if (isCopy && event.type === 'keydown') {
      this.copy()
      event.preventDefault()
    }
    return !isCopy && !(event.ctrlKey && event.shiftKey && letter === 'v')
  }

  #onPaste(event: ClipboardEvent): void {
    event.preventDefault()
    event.stopPropagation()
    this.paste(event.clipboardData?.getData('text/plain') ?? '')
  }

  #onState(channel: ChannelState, error: AppError | null): void {
    const isBack = channel === 'live' && this.state.channel === 'reconnecting'
    if (channel === this.state.channel && error === this.state.error) return
    this.#set({ channel, error, ...(isBack && { isBack }) })
    if (isBack) setTimeout(() => this.#set({ isBack: false }), backMs)
  }

  async #show(frame: TerminalFrame): Promise<void> {
    if (frame.type === 'output') await this.#write(frame.text)
    else if (frame.type === 'size') this.#resize(frame.size)
    else if (frame.type === 'people') this.#set({ people: frame.people })
    else if (frame.type === 'ended') this.#set({ ended: frame })
    else {
      this.terminal.reset()
      this.#resize(frame.size)
      await this.#write(frame.text)
      this.terminal.options.disableStdin = !frame.types
      this.#set({ types: frame.types })
      this.fit()
    }
  }

  #resize({ columns, rows }: TerminalSize): void {
    this.terminal.resize(columns, rows)
  }

  #write(text: string): Promise<void> {
    return new Promise((resolve) => this.terminal.write(text, resolve))
  }

  #set(part: Partial<TerminalState>): void {
    this.state = { ...this.state, ...part }
    for (const listener of this.#listeners) listener()
  }
}
