import type { Line, Sample } from './verdict.ts'
import { mostMemory, mostOpen } from './verdict.ts'

const mega = (bytes: number) => `${Math.round(bytes / 1e6)} MB`
const whatIsOpen = (name: string) => (name === 'postgres' ? 'processes' : 'descriptors')

export interface Told {
  /** What was open at a web under load. */
  busy: Record<string, number>
  /** Compared with the engines. */
  rows: number
  /** How long it took until everything was answered, right, and closed. */
  restSeconds: number
}

/** One round, in one line. */
export function lineOf(round: number, sample: Sample, { busy, rows, restSeconds }: Told): string {
  const held = Object.entries(sample).map(([name, { memory, open }]) => `${name} ${mega(memory)}, ${open} ${whatIsOpen(name)}`)
  const open = `${busy.live_sockets} sockets, ${busy.live_channels} channels, ${busy.live_queries} queries, ${busy.held_streams} logs, ${busy.held_terminals} terminals`
  return `${String(round).padStart(3)}  ${held.join(' · ')} · under load ${open} · at rest after ${restSeconds} s, ${rows} rows compared`
}

/** The table at the end. */
export function tableOf(lines: readonly Line[]): string {
  const rows = lines.map(({ name, first, last, flat }) => {
    const memory = `${mega(first.memory).padStart(7)} → ${mega(last.memory).padStart(7)}`
    const open = `${String(first.open).padStart(4)} → ${String(last.open).padStart(4)} ${whatIsOpen(name).padEnd(11)}`
    return `  ${name.padEnd(9)} ${memory}  ${open}  ${flat ? 'flat' : 'GREW'}`
  })
  return `What those hold, at rest, that were never killed; PostgreSQL without its shared cache:

${rows.join('\n')}

Medians of the last third against the first. Flat is: at most ${mostMemory.share * 100} % or ${mega(mostMemory.bytes)} of memory more, and ${mostOpen} descriptors or processes.`
}
