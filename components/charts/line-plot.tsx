'use client'

import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { formatClock } from '#components/ui/format.ts'
import type { Point } from './samples.ts'

export interface LinePlotProps {
  points: readonly Point[]
  series: readonly { name: string; colour: string; dash?: string }[]
  ticks: readonly number[]
  /** A tick without its unit, which stands over the axis once. */
  formatTick: (value: number) => string
  limit: { value: number; label: string } | null
  /** Of the point under the pointer, or null when it left. */
  onPoint: (index: number | null) => void
}

const shortMs = 5 * 60_000

/** Minutes, and seconds while the whole is but a few minutes. */
function clockFor(points: readonly Point[]): (at: number) => string {
  const short = (points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0) < shortMs
  return (at) => (short ? new Date(at).toISOString().slice(11, 19) : formatClock(new Date(at)))
}

const small = { fontSize: 11, fill: 'var(--color-ink-3)' }

/** The plot alone: hairlines, lines of 1.5 px, gaps left open. Its readout and its words are the frame's affair. */
export default function LinePlot({ points, series, ticks, formatTick, limit, onPoint }: LinePlotProps) {
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 400, height: 180 }}>
      <LineChart
        data={[...points]}
        syncId="portolan"
        syncMethod="value"
        margin={{ top: 8, right: 28, bottom: 0, left: 0 }}
        onMouseMove={({ activeTooltipIndex }) => onPoint(activeTooltipIndex == null ? null : Number(activeTooltipIndex))}
        onMouseLeave={() => onPoint(null)}
      >
        <CartesianGrid vertical={false} stroke="var(--color-line)" />
        <XAxis
          dataKey="at"
          type="number"
          scale="time"
          domain={['dataMin', 'dataMax']}
          tickFormatter={clockFor(points)}
          tick={small}
          tickLine={false}
          axisLine={{ stroke: 'var(--color-line-strong)' }}
          minTickGap={60}
        />
        <YAxis
          ticks={[...ticks]}
          domain={[0, ticks.at(-1) ?? 1]}
          tickFormatter={formatTick}
          tick={small}
          tickLine={false}
          axisLine={false}
          width={44}
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
