/** `exec` runs a program beside the main one, `attach` joins the main one. */
export type TerminalMode = 'exec' | 'attach'

/** In characters. */
export interface TerminalSize {
  columns: number
  rows: number
}
