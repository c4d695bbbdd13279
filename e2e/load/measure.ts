import { readdirSync, readFileSync } from 'node:fs'
import type { Held } from './soak/verdict.ts'

const kilobytesOf = (text: string, field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0)

/** What a process of Node holds. */
export function heldBy(pid: number): Held {
  const memory = kilobytesOf(readFileSync(`/proc/${pid}/status`, 'utf8'), 'VmRSS') * 1024
  return { memory, open: readdirSync(`/proc/${pid}/fd`).length }
}

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)

function ownMemoryOf(pid: number): number {
  try {
    return kilobytesOf(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'), 'Pss_Anon') * 1024
  } catch (error) {
    if (!['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    return 0 // A connection that was closed in between.
  }
}

/** What a PostgreSQL and all its processes hold, without the cache that they share: it fills up to its size and no further. */
export function heldByPostgres(postmaster: number): Held {
  const processes = [postmaster, ...childrenOf(postmaster)]
  return { memory: processes.reduce((sum, pid) => sum + ownMemoryOf(pid), 0), open: processes.length }
}

/** What a web says of itself: the sum over all labels of each of our figures, by its name without `portolan_`. */
export async function figuresOf(port: number): Promise<Record<string, number>> {
  const text = await (await fetch(`http://127.0.0.1:${port}/api/metrics`)).text()
  const figures: Record<string, number> = {}
  for (const [, name, value] of text.matchAll(/^portolan_(\w+)(?:\{.*\})? (\S+)$/gm)) figures[name!] = (figures[name!] ?? 0) + Number(value)
  return figures
}

/** What is open at a web for people: none of it is left when they are gone. */
export async function openAt(port: number): Promise<Record<string, number>> {
  const figures = await figuresOf(port)
  const names = ['live_sockets', 'live_channels', 'live_queries', 'held_streams', 'held_terminals']
  return Object.fromEntries(names.map((name) => [name, figures[name] ?? NaN]))
}
