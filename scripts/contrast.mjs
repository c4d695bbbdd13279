// Checks every pair of colours that the product uses against WCAG 2.2 AA, straight from app/tokens.css.
//   node scripts/contrast.mjs         prints the worst pair of each colour, and fails when one is too weak
//   node scripts/contrast.mjs --all   prints every pair
import { readFileSync } from 'node:fs'

const textRatio = 4.5
const markRatio = 3

const css = readFileSync(new URL('../app/tokens.css', import.meta.url), 'utf8')
const darkFrom = css.indexOf('[data-theme="dark"] {')
if (darkFrom < 0) throw new Error('app/tokens.css has no dark theme.')
const coloursOf = (text) =>
  Object.fromEntries(
    [...text.matchAll(/--color-([\w-]+):\s*oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g)].map(([, name, ...lch]) => [name, lch.map(Number)]),
  )
const themes = { light: coloursOf(css.slice(0, darkFrom)), dark: coloursOf(css.slice(darkFrom)) }

/** Relative luminance of an OKLCH colour, by way of linear sRGB. @see https://bottosson.github.io/posts/oklab/ */
function luminanceOf([lightness, chroma, hue]) {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const within = (value) => Math.min(1, Math.max(0, value))
  const red = within(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)
  const green = within(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)
  const blue = within(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function ratioOf(one, other) {
  const [lighter, darker] = [luminanceOf(one), luminanceOf(other)].sort((x, y) => y - x)
  return (lighter + 0.05) / (darker + 0.05)
}

const page = ['canvas', 'rail', 'surface', 'raised', 'sunken', 'hover']
const tones = ['fail', 'warn', 'busy', 'ok']
const washes = ['accent', ...tones].map((tone) => `${tone}-wash`)
const on = (least, colours, grounds) => colours.flatMap((colour) => grounds.map((ground) => ({ least, colour, ground })))
const numbered = (name, count) => Array.from({ length: count }, (_, index) => `${name}${index + 1}`)
const flags = Object.keys(themes.light).filter((name) => name.startsWith('env-'))

const pairs = [
  ...on(textRatio, ['ink', 'ink-2', 'ink-3'], [...page, ...washes]),
  ...['fail', 'warn', 'busy'].flatMap((tone) => on(textRatio, [tone], [...page, `${tone}-wash`, 'accent-wash'])),
  ...on(textRatio, ['ok'], [...page, 'ok-wash']),
  ...on(textRatio, ['accent'], [...page, 'accent-wash']),
  ...on(
    textRatio,
    ['ink'],
    tones.map((tone) => `${tone}-line`),
  ),
  ...on(textRatio, ['on-ink'], ['ink']),
  ...on(textRatio, ['on-accent'], ['accent']),
  ...on(textRatio, ['surface'], ['fail-solid', 's1']),
  ...on(markRatio, [...tones.map((tone) => `${tone}-solid`), 'idle'], [...page, 'accent-wash', 'fail-wash']),
  ...on(markRatio, ['control'], ['canvas', 'rail', 'surface', 'raised']),
  ...on(markRatio, numbered('s', 8), ['surface']),
  ...on(markRatio, flags, ['rail', 'canvas', 'surface']),
]

const all = process.argv.includes('--all')
const worst = new Map()
let failures = 0
for (const { least, colour, ground } of pairs) {
  for (const [theme, colours] of Object.entries(themes)) {
    if (!colours[colour] || !colours[ground])
      throw new Error(`app/tokens.css has no ${colours[colour] ? ground : colour} in the ${theme} theme.`)
    const ratio = ratioOf(colours[colour], colours[ground])
    const line = `${theme.padEnd(5)} ${colour} on ${ground}: ${ratio.toFixed(2)}, needs ${least}`
    if (all) console.log(line)
    if (ratio < least) {
      failures++
      console.error(`FAIL ${line}`)
    }
    const key = `${theme} ${colour} ${least}`
    if (ratio < (worst.get(key)?.ratio ?? Infinity)) worst.set(key, { ratio, line })
  }
}
if (!all) for (const { line } of worst.values()) console.log(line)
console.log(`${pairs.length * 2} pairs, ${failures} too weak`)
process.exit(failures ? 1 : 0)
