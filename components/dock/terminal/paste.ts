/** More is a file, and belongs into one. */
export const longestPaste = 64 * 1024

// All controls but tab and line feed; with the escape goes whatever could end a bracketed paste before its end.
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

/** Text as it may be pasted: what can be read, and nothing that a terminal obeys. */
export const cleanPaste = (text: string): string => text.replace(/\r\n?/g, '\n').replace(controls, '')

/** How many lines run at once when this is pasted into a program that takes each for typed; 0 when none does. */
export const linesThatRun = (text: string, isBracketed: boolean): number =>
  isBracketed || !text.includes('\n') ? 0 : text.trimEnd().split('\n').length
