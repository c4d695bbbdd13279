/** One line of the table. Times are milliseconds. */
export interface Measured {
  name: string
  target: { p50: number; p99: number }
  p50: number
  p99: number
  runs: number
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? NaN
}

/** Runs something again and again after a short warm-up. */
export async function measure(
  name: string,
  target: Measured['target'],
  runs: number,
  run: (i: number) => Promise<void>,
): Promise<Measured> {
  for (let i = 0; i < 3; i++) await run(i)
  const times: number[] = []
  for (let i = 0; i < runs; i++) {
    const started = performance.now()
    await run(i)
    times.push(performance.now() - started)
  }
  return { name, target, p50: quantile(times, 0.5), p99: quantile(times, 0.99), runs }
}

export const holds = (m: Measured): boolean => m.p50 <= m.target.p50 && m.p99 <= m.target.p99

const ms = (value: number) => value.toFixed(1)

export function printTable(measured: readonly Measured[]): void {
  const rows = measured.map((m) => [m.name, `${m.target.p50} / ${m.target.p99}`, ms(m.p50), ms(m.p99), holds(m) ? 'ok' : 'MISSED'])
  const all = [['', 'target ms', 'p50', 'p99', ''], ...rows]
  const widths = all[0]!.map((_, i) => Math.max(...all.map((row) => row[i]!.length)))
  for (const row of all) console.log(row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '))
}
