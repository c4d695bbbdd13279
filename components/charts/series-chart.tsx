'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { formatAge, formatNumber } from '#components/ui/format.ts'
import { useUi } from '#components/ui/provider.tsx'
import { FiguresTable } from './figures-table.tsx'
import { NoFigures } from './no-figures.tsx'
import { clock, extentOf, limitOf, ticksFor, type Point } from './samples.ts'

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
    <figure className="flex min-w-0 flex-col" aria-label={useSummary(title, points, series, format)}>
      <figcaption className="text-sm">
        <span className="flex min-h-8 items-center gap-3">
          <span className="font-semibold">{title}</span>
          <span className="flex-1" />
          {any && (
            <Button variant="quiet" size={24} className="-mr-2" onClick={() => setAsTable(!asTable)}>
              {asTable ? t('asChart') : t('asTable')}
            </Button>
          )}
        </span>
        {any && (
          <span className="flex min-h-5 flex-wrap items-center gap-x-3.5 text-xs text-ink-3 tabular-nums">
            {series.map((one, i) => (
              <Readout
                key={one.name}
                label={series.length > 1 ? one.label : null}
                colour={colours[i]!}
                value={at?.values[one.name]}
                format={format}
              />
            ))}
            {limit !== null && !near && <span>{t('limit', { value: format(limit) })}</span>}
            <span className="flex-1" />
            {index !== null && at && <span>{clock(at.at)}</span>}
          </span>
        )}
      </figcaption>
      {!any ? (
        <NoFigures>{empty}</NoFigures>
      ) : asTable ? (
        <FiguresTable title={title} points={points} series={series} format={format} />
      ) : (
        <div className="h-44 min-w-0">
          <LinePlot
            points={points}
            series={series.map((one, i) => ({ name: one.name, colour: colours[i]!, dash: i > 3 ? '4 3' : undefined }))}
            ticks={ticks}
            formatTick={(value) => {
              const figure = formatNumber(value / unit.size, locale, 2)
              return value === ticks.at(-1) ? `${figure}\u00a0${unit.name}` : figure
            }}
            limit={near ? { value: limit, label: t('limit', { value: format(limit) }) } : null}
            onPoint={setIndex}
          />
        </div>
      )}
    </figure>
  )
}

/** The chart in one sentence, for who does not see it. */
function useSummary(title: string, points: readonly Point[], series: readonly Series[], format: (value: number) => string): string {
  const t = useTranslations('resources.chart')
  const { locale } = useUi()
  const parts = series.flatMap(({ name, label }) => {
    const extent = extentOf(points, name)
    if (!extent) return []
    const figures = { last: format(extent.last), lowest: format(extent.lowest), highest: format(extent.highest) }
    return [series.length > 1 ? t('partNamed', { label, ...figures }) : t('part', figures)]
  })
  if (!parts.length) return t('none', { title })
  return t('summary', { title, parts: parts.join('; '), span: formatAge(points.at(-1)!.at - points[0]!.at, locale) })
}

interface ReadoutProps {
  /** Where there are several. */
  label: string | null
  colour: string
  value: number | null | undefined
  format(value: number): string
}

function Readout({ label, colour, value, format }: ReadoutProps) {
  const t = useTranslations('resources.chart')
  return (
    <span className="flex items-center gap-1.5 text-ink-2">
      <span aria-hidden className="h-[3px] w-3 rounded-xs" style={{ background: colour }} />
      {label}
      <span className="font-semibold text-ink">{typeof value === 'number' ? format(value) : t('noValue')}</span>
    </span>
  )
}
