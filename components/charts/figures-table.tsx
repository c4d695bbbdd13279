'use client'

import { useTranslations } from 'next-intl'
import { clock, type Point } from './samples.ts'
import type { Series } from './series-chart.tsx'

interface FiguresTableProps {
  title: string
  points: readonly Point[]
  series: readonly Series[]
  format(value: number): string
}

/** What a chart draws, newest first; a gap stands as a line without figures. */
export function FiguresTable({ title, points, series, format }: FiguresTableProps) {
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
              <td className="h-6">{clock(point.at)}</td>
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
