'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { formatClock, formatNumber } from '#components/ui/format.ts'
import { useUi } from '#components/ui/provider.tsx'
import { extentOf, limitOf, ticksFor, type Point } from './samples.ts'

// The plot is a large library; whoever opens no chart does not load it.
const LinePlot = dynamic(() => import('./line-plot.tsx'), { ssr: false })

/** The series colours of the design in order; from the fifth on a dash tells them apart as well. */
const colours = Array.from({ length: 8 }, (_, i) => `var(--color-s${i + 1})`)

/** A limit further away than so many times what is used is said in words: its line would press the curve flat. */
const nearby = 4

export interface AxisUnit {
  name: string
  size: number
}

export interface Series {
  name: string
  label: string
}

export interface SeriesChartProps {
  title: string
  points: readonly Point[]
  series: readonly Series[]
  /** With its unit: `512 MiB`. */
  format(value: number): string
  /** The unit of the axis when its end is `highest`, and how many of the figure make one of it. */
  unitFor(highest: number): AxisUnit
  /** 1024 for memory, so that ticks are round in its units. */
  base: 10 | 1024
  /** Why there is nothing, when there is nothing. */
  empty: React.ReactNode
}

/** A line chart with its readout above it, a sentence for readers, and the same figures as a table. */
export function SeriesChart({ title, points, series, format, unitFor, base, empty }: SeriesChartProps) {
  const t = useTranslations('resources.chart')
  const { locale } = useUi()
  const [index, setIndex] = useState<number | null>(null)
  const [asTable, setAsTable] = useState(false)
  const limit = series.length === 1 ? limitOf(points, series[0]!.name) : null
  const extents = series.map((one) => extentOf(points, one.name))
  const highest = Math.max(0, ...extents.map((extent) => extent?.highest ?? 0))
  const near = limit !== null && limit <= highest * nearby
  const ticks = ticksFor(near ? Math.max(highest, limit) : highest, base)
  const unit = unitFor(ticks.at(-1) ?? 1)
  const at = points[index ?? points.length - 1]
  const any = extents.some((extent) => extent !== null)
  return (
    <figure className="flex min-w-0 flex-col" aria-label={summary(t, title, extents[0] ?? null, points, format)}>
      <figcaption className="flex min-h-8 flex-wrap items-center gap-x-3 text-sm">
        <span className="font-semibold">{title}</span>
        <span className="flex-1" />
        {any &&
          series.map((one, i) => (
            <Readout
              key={one.name}
              series={series.length > 1 ? one.label : null}
              colour={colours[i]!}
              value={at?.values[one.name]}
              format={format}
            />
          ))}
        {any && index !== null && at && (
          <span className="text-xs text-ink-3 tabular-nums">{new Date(at.at).toISOString().slice(11, 19)}</span>
        )}
        {any && limit !== null && !near && <span className="text-xs text-ink-3">{t('limit', { value: format(limit) })}</span>}
        {any && (
          <Button variant="quiet" size={24} onClick={() => setAsTable(!asTable)}>
            {asTable ? t('asChart') : t('asTable')}
          </Button>
        )}
      </figcaption>
      {!any ? (
        <div className="flex h-44 items-center justify-center rounded-lg border border-dashed border-line-strong px-4 text-center text-sm text-ink-3">
          {empty}
        </div>
      ) : asTable ? (
        <FiguresTable title={title} points={points} series={series} format={format} />
      ) : (
        <div className="relative mt-2 h-44 min-w-0">
          <span aria-hidden className="absolute -top-3 left-0 w-9.5 text-right text-2xs whitespace-nowrap text-ink-3">
            {unit.name}
          </span>
          <LinePlot
            points={points}
            series={series.map((one, i) => ({ name: one.name, colour: colours[i]!, dash: i > 3 ? '4 3' : undefined }))}
            ticks={ticks}
            formatTick={(value) => formatNumber(value / unit.size, locale, 2)}
            limit={near ? { value: limit, label: t('limit', { value: format(limit) }) } : null}
            onPoint={setIndex}
          />
        </div>
      )}
    </figure>
  )
}

function summary(
  t: ReturnType<typeof useTranslations>,
  title: string,
  extent: ReturnType<typeof extentOf>,
  points: readonly Point[],
  format: (value: number) => string,
): string {
  const [first] = points
  const last = points.at(-1)
  if (!extent || !first || !last) return t('none', { title })
  const minutes = Math.max(1, Math.round((last.at - first.at) / 60_000))
  return t('summary', {
    title,
    last: format(extent.last),
    lowest: format(extent.lowest),
    highest: format(extent.highest),
    span: `${minutes} min`,
  })
}

function Readout({
  series,
  colour,
  value,
  format,
}: {
  series: string | null
  colour: string
  value: number | null | undefined
  format(value: number): string
}) {
  const t = useTranslations('resources.chart')
  return (
    <span className="flex items-center gap-1.5 text-xs text-ink-2 tabular-nums">
      <span aria-hidden className="h-[3px] w-3 rounded-xs" style={{ background: colour }} />
      {series}
      <span className="font-medium text-ink">{typeof value === 'number' ? format(value) : t('noValue')}</span>
    </span>
  )
}

function FiguresTable({ title, points, series, format }: Pick<SeriesChartProps, 'title' | 'points' | 'series' | 'format'>) {
  const t = useTranslations('resources.chart')
  return (
    <div className="h-44 overflow-y-auto border-y border-line" tabIndex={0} role="group" aria-label={title}>
      <table className="w-full text-xs tabular-nums">
        <thead className="sticky top-0 bg-canvas text-left text-ink-3">
          <tr>
            <th scope="col" className="h-7 font-medium">
              {t('time')}
            </th>
            {series.map((one) => (
              <th key={one.name} scope="col" className="text-right font-medium">
                {one.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map((point) => (
            <tr key={point.at} className="border-t border-line">
              <td className="h-6">{`${formatClock(new Date(point.at))}:${new Date(point.at).toISOString().slice(17, 19)}`}</td>
              {series.map((one) => {
                const value = point.values[one.name]
                return (
                  <td key={one.name} className="text-right">
                    {typeof value === 'number' ? format(value) : t('noValue')}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
