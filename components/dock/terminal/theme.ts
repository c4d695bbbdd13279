import type { ITheme } from '@xterm/xterm'

/** The colours of a terminal in the tokens of the design, as they are now. */
export function themeNow(): ITheme {
  const styles = getComputedStyle(document.documentElement)
  const token = (name: string) => styles.getPropertyValue(`--color-${name}`).trim()
  const [ink, second, third] = [token('ink'), token('ink-2'), token('ink-3')]
  const hues = {
    red: token('fail'),
    green: token('ok'),
    yellow: token('warn'),
    blue: token('s1'),
    magenta: token('busy'),
    cyan: token('accent'),
  }
  return {
    background: token('sunken'),
    foreground: ink,
    cursor: ink,
    cursorAccent: token('sunken'),
    selectionBackground: token('accent-line'),
    selectionForeground: ink,
    black: ink,
    white: second,
    brightBlack: third,
    brightWhite: ink,
    ...hues,
    ...Object.fromEntries(Object.entries(hues).map(([name, value]) => [`bright${name[0]!.toUpperCase()}${name.slice(1)}`, value])),
  }
}

/** Calls back when the page changes between light and dark. The answer stops it. */
export function onTheme(run: () => void): () => void {
  const observer = new MutationObserver(run)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}
