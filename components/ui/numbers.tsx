'use client'

import { formatBytes, formatNumber, type ByteUnits } from './format.ts'
import { useUi } from './provider.tsx'

/** A size with three significant digits; `binary` for memory, `decimal` for disk. */
export function Bytes({ value, units = 'decimal' }: { value: number | null | undefined; units?: ByteUnits }) {
  const { locale } = useUi()
  if (value === null || value === undefined) return <NoData />
  return <span className="tabular-nums">{formatBytes(value, locale, units)}</span>
}

/** A number in the reader's own writing. */
export function Count({ value, digits = 0 }: { value: number | null | undefined; digits?: number }) {
  const { locale } = useUi()
  if (value === null || value === undefined) return <NoData />
  return <span className="tabular-nums">{formatNumber(value, locale, digits)}</span>
}

/** Absent is not zero and not an empty cell. */
export function NoData() {
  const { labels } = useUi()
  return <span className="rounded-xs border border-dashed border-line-strong px-1 text-2xs text-ink-3">{labels.noData}</span>
}
