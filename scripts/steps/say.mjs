// What `npm start` says. At a terminal the programs' JSON lines become short ones; in a file or a pipe they stay as they are.

const terminal = process.stdout.isTTY === true
const seconds = (ms) => (ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`)

/** A problem for the person at the terminal: one clear sentence, no stack. */
export class Problem extends Error {}

export const say = (text) => process.stdout.write(`${text}\n`)

/** Runs a step, and says that it runs, that it still runs, and how long it took. */
export async function step(title, run) {
  const startedAt = Date.now()
  const elapsed = () => seconds(Date.now() - startedAt)
  say(`• ${title} …`)
  const timer = setInterval(
    () => (terminal ? process.stdout.write(`\r  ${title}: ${elapsed()} `) : say(`  still ${title}: ${elapsed()}`)),
    terminal ? 500 : 15_000,
  )
  try {
    const result = await run()
    if (terminal) process.stdout.write('\r\x1b[2K\x1b[1A\x1b[2K')
    say(`✓ ${title} (${elapsed()})`)
    return result
  } catch (error) {
    if (terminal) process.stdout.write('\r\x1b[2K')
    throw error
  } finally {
    clearInterval(timer)
  }
}

function parse(line) {
  if (!line.startsWith('{')) return null
  try {
    return JSON.parse(line)
  } catch {
    return null // A line of somebody else's that only looks like ours: shown as it is.
  }
}

const colours = { warn: '\x1b[33m', error: '\x1b[31m', fatal: '\x1b[31m' }

/** One line of a program's log. */
export function relay(program, line) {
  const entry = parse(line)
  if (!terminal || !entry?.level)
    return say(entry?.level ? line : terminal ? `${program}: ${line}` : JSON.stringify({ program, message: line }))
  if (entry.message === 'request' && entry.level === 'info') return
  const more = entry.error ?? entry.problem ?? entry.err?.message
  const text = `${entry.time?.slice(11, 19) ?? ''} ${program.padEnd(8)} ${entry.message}${more ? `: ${more}` : ''}`
  say(colours[entry.level] ? `${colours[entry.level]}${text}\x1b[0m` : text)
}

/** The last thing a program said that explains its end. */
export function explanationIn(line) {
  const entry = parse(line)
  return entry?.level === 'fatal' ? entry.message : null
}

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 9)) {
  say(`Portolan needs Node 20.9 or newer to start; this is ${process.versions.node}.`)
  process.exit(1)
}
