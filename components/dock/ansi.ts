/** A run of text in one look; `look` is a list of token classes, empty for plain text. */
export interface Segment {
  text: string
  look: string
}

/** The eight colours of a terminal in the tokens of the design, so that every one of them can be read on `sunken`. */
const foreground = ['text-ink', 'text-fail', 'text-ok', 'text-warn', 'text-s1', 'text-busy', 'text-accent', 'text-ink-2']
const background = ['bg-line', 'bg-fail-wash', 'bg-ok-wash', 'bg-warn-wash', 'bg-accent-wash', 'bg-busy-wash', 'bg-accent-wash', 'bg-line']

interface Look {
  color: string | null
  back: string | null
  bold: boolean
  dim: boolean
  italic: boolean
  underline: boolean
}
const plain: Look = { color: null, back: null, bold: false, dim: false, italic: false, underline: false }

// Escape sequences: CSI, OSC (ended by BEL or ST), other two-byte ones; then the controls that would be drawn as boxes.
const escapes =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /\u001b\[([0-9;:]*)([@-~])|\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[@-Z\\-_]?|[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f]/g

/** Lines without any escape are most lines; this is the only test they pay for. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const hasControls = /[\u0000-\u0008\u000b-\u001f\u007f]/

/**
 * Cuts a line with ANSI codes into runs. Only colours and weights are taken over; whatever else a terminal would obey
 * (moving the cursor, titles, links) is dropped, so that a log line can do nothing but be read.
 */
export function segmentsOf(line: string): Segment[] {
  if (!hasControls.test(line)) return [{ text: line, look: '' }]
  const segments: Segment[] = []
  let look = plain
  let from = 0
  const add = (text: string) => {
    if (text) segments.push({ text, look: classesOf(look) })
  }
  for (const match of line.matchAll(escapes)) {
    add(line.slice(from, match.index))
    from = match.index + match[0].length
    if (match[2] === 'm') look = restyle(look, match[1] ?? '')
  }
  add(line.slice(from))
  return segments
}

/** The words of a line as they are read, for searching and copying. */
export const plainText = (line: string): string => (hasControls.test(line) ? line.replace(escapes, '') : line)

const classesOf = (look: Look): string =>
  [
    look.color ?? (look.dim ? 'text-ink-3' : null),
    look.back,
    look.bold && 'font-semibold',
    look.italic && 'italic',
    look.underline && 'underline',
  ]
    .filter(Boolean)
    .join(' ')

function restyle(before: Look, sequence: string): Look {
  const look = { ...before }
  const codes = sequence.split(/[;:]/).map(Number)
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!
    if (code === 38 || code === 48) {
      const [index, used] = extended(codes.slice(i + 1))
      if (code === 38) look.color = index === null ? null : foreground[index]!
      else look.back = index === null ? null : background[index]!
      i += used
    } else applyCode(look, code)
  }
  return look
}

function applyCode(look: Look, code: number): void {
  if (code === 0) Object.assign(look, plain)
  else if (code === 1) look.bold = true
  else if (code === 2) look.dim = true
  else if (code === 3) look.italic = true
  else if (code === 4) look.underline = true
  else if (code === 7) [look.color, look.back] = ['text-ink', 'bg-line']
  else if (code === 22) look.bold = look.dim = false
  else if (code === 23) look.italic = false
  else if (code === 24) look.underline = false
  else if (code === 27) look.color = look.back = null
  else if (code >= 30 && code <= 37) look.color = foreground[code - 30]!
  else if (code === 39) look.color = null
  else if (code >= 40 && code <= 47) look.back = background[code - 40]!
  else if (code === 49) look.back = null
  else if (code === 90) look.color = 'text-ink-3'
  else if (code >= 91 && code <= 97) look.color = foreground[code - 90]!
  else if (code >= 100 && code <= 107) look.back = background[code - 100]!
}

/** Reads `5;n` or `2;r;g;b`: the nearest of the eight and how many codes it took. */
function extended(codes: number[]): [number | null, number] {
  if (codes[0] === 5) return [ofPalette(codes[1] ?? 0), 2]
  if (codes[0] === 2) return [nearest(codes[1] ?? 0, codes[2] ?? 0, codes[3] ?? 0), 4]
  return [null, codes.length]
}

function ofPalette(n: number): number {
  if (n < 16) return n % 8
  if (n >= 232) return 7
  const level = (v: number) => (v === 0 ? 0 : 55 + v * 40)
  const cube = n - 16
  return nearest(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6))
}

/** The bits of an ANSI colour are red 1, green 2, blue 4: those channels count that reach halfway to the strongest. */
function nearest(red: number, green: number, blue: number): number {
  const strongest = Math.max(red, green, blue)
  if (strongest < 48) return 7
  const isOn = (channel: number) => channel * 3 > strongest * 2
  return (isOn(red) ? 1 : 0) + (isOn(green) ? 2 : 0) + (isOn(blue) ? 4 : 0)
}
