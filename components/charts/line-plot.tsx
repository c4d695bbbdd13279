'use client'

import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { formatClock } from '#components/ui/format.ts'
import { clock, spanOf, timeTicksFor, type Point } from './samples.ts'

export interface LinePlotProps {
  points: readonly Point[]
  series: readonly { name: string; colour: string; dash?: string }[]
  ticks: readonly number[]
  /** The highest one says the unit, for all. */
  formatTick: (value: number) => string
  limit: { value: number; label: string } | null
  /** Of the point under the pointer, or null when it left. */
  onPoint: (index: number | null) => void
}

const small = { fontSize: 11, fill: 'var(--color-ink-3)' }

/** The plot alone: hairlines, lines of 1.5 px, gaps left open. Its readout and its words are the frame's affair. */
export default function LinePlot({ points, series, ticks, formatTick, limit, onPoint }: LinePlotProps) {
  const span = spanOf(points)
  const { ticks: instants, stepMs } = timeTicksFor(span)
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 400, height: 180 }}>
      <LineChart
        data={[...points]}
        syncId="portolan"
        syncMethod="value"
        margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
        onMouseMove={({ activeTooltipIndex }) => onPoint(activeTooltipIndex == null ? null : Number(activeTooltipIndex))}
        onMouseLeave={() => onPoint(null)}
      >
        <CartesianGrid vertical={false} stroke="var(--color-line)" />
        <XAxis
          dataKey="at"
          type="number"
          scale="time"
          domain={span}
          ticks={instants}
          tickFormatter={(at: number) => (stepMs < 60_000 ? clock(at) : formatClock(new Date(at)))}
          tick={small}
          tickLine={false}
          axisLine={{ stroke: 'var(--color-line-strong)' }}
          minTickGap={24}
        />
        <YAxis
          ticks={[...ticks]}
          domain={[0, ticks.at(-1) ?? 1]}
          tickFormatter={formatTick}
          tick={small}
          tickLine={false}
          axisLine={false}
          width={68}
        />
        {limit && (
          <ReferenceLine
            y={limit.value}
            stroke="var(--color-fail-solid)"
            strokeDasharray="4 3"
            label={{ value: limit.label, position: 'insideBottomLeft', fontSize: 11, fill: 'var(--color-fail)' }}
          />
        )}
        <Tooltip content={() => null} cursor={{ stroke: 'var(--color-ink-3)', strokeDasharray: '2 3' }} isAnimationActive={false} />
        {series.map(({ name, colour, dash }) => (
          <Line
            key={name}
            dataKey={(point: Point) => point.values[name] ?? null}
            name={name}
            stroke={colour}
            strokeDasharray={dash}
            strokeWidth={1.5}
            // A sample between two gaps is a point, not nothing.
            strokeLinecap="round"
            type="linear"
            dot={false}
            activeDot={{ r: 3, strokeWidth: 0 }}
            connectNulls={false}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  )
}
