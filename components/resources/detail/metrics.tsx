'use client'

import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useRef, useState } from 'react'
import { NoFigures } from '#components/charts/no-figures.tsx'
import { isMeasured, withSamples, type Point } from '#components/charts/samples.ts'
import { SeriesChart, type SeriesChartProps } from '#components/charts/series-chart.tsx'
import { byteUnitOf, formatBytes, formatNumber } from '#components/ui/format.ts'
import { useUi } from '#components/ui/provider.tsx'
import { useStream } from '#lib/client/index.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import type { Row } from '#lib/model/resource.ts'
import type { MetricSample } from '#lib/model/stream.ts'

type Figures = Pick<SeriesChartProps, 'format' | 'unitFor' | 'base'>

const spanMs = 15 * 60_000
/** CPU, network and disk are told from two samples, and an engine may begin with a half one. */
const samplesOfARate = 3

/** Figures as they come, of the last quarter of an hour. Many that come at once are drawn once. */
function useSamples({ environment, kind, key }: Row, enabled: boolean) {
  const [points, setPoints] = useState<readonly Point[]>([])
  const waiting = useRef<MetricSample[]>([])
  const frame = useRef(0)
  useEffect(
    () => () => {
      cancelAnimationFrame(frame.current)
      frame.current = 0
    },
    [],
  )
  const take = useCallback((sample: MetricSample) => {
    waiting.current.push(sample)
    if (frame.current) return
    frame.current = requestAnimationFrame(() => {
      frame.current = 0
      const samples = waiting.current.splice(0)
      setPoints((known) => withSamples(known, samples, spanMs))
    })
  }, [])
  const stream = useStream('metrics', enabled ? { environment, kind, key } : null, take)
  return { points, ...stream }
}

/** Live CPU and memory; on the tab of its own also network and disk. */
export function Metrics({ row, all, environmentName }: { row: Row; all?: boolean; environmentName: string }) {
  const t = useTranslations('resources')
  const say = useErrorSentence()
  const { locale } = useUi()
  const still = row.health === 'stopped' || row.health === 'completed'
  const { points, error } = useSamples(row, !still)
  const why = still
    ? t('detail.metricsOff')
    : error
      ? t('detail.metricsFailed', { reason: say(error) })
      : t('detail.metricsWaiting', { environment: environmentName })
  if (!points.length) return <NoFigures>{why}</NoFigures>
  const measured = points.filter(isMeasured).length
  // An engine samples what is between two starts too, and measures nothing.
  if (!measured && row.health !== 'healthy') return <NoFigures>{t('detail.metricsOff')}</NoFigures>
  const empty = measured < samplesOfARate ? why : t('detail.metricsNone', { environment: environmentName })
  const cores: Figures = {
    base: 10,
    format: (value) => {
      const { name, size } = cores.unitFor(value)
      return `${formatNumber(value / size, locale, value / size < 10 ? 2 : 0)}\u00a0${name}`
    },
    unitFor: (highest) => (highest < 1 ? { name: t('chart.mcores'), size: 0.001 } : { name: t('chart.cores'), size: 1 }),
  }
  const memory: Figures = {
    base: 1024,
    format: (value) => formatBytes(value, locale, 'binary'),
    unitFor: (highest) => byteUnitOf(highest, locale, 'binary'),
  }
  const rate: Figures = {
    base: 10,
    format: (value) => `${formatBytes(value, locale)}/s`,
    unitFor: (highest) => {
      const { name, size } = byteUnitOf(highest, locale)
      return { name: `${name}/s`, size }
    },
  }
  const seriesOf = (...names: ('cpu' | 'memory' | 'networkReceived' | 'networkSent' | 'diskRead' | 'diskWritten')[]) =>
    names.map((name) => ({ name, label: t(`metrics.${name}`) }))
  return (
    <div className={all ? 'grid gap-x-8 gap-y-5 xl:grid-cols-2' : 'flex flex-col gap-4'}>
      <SeriesChart title={t('detail.cpu')} points={points} series={seriesOf('cpu')} {...cores} empty={empty} />
      <SeriesChart title={t('detail.memory')} points={points} series={seriesOf('memory')} {...memory} empty={empty} />
      {all && (
        <SeriesChart
          title={t('detail.network')}
          points={points}
          series={seriesOf('networkReceived', 'networkSent')}
          {...rate}
          empty={empty}
        />
      )}
      {all && <SeriesChart title={t('detail.disk')} points={points} series={seriesOf('diskRead', 'diskWritten')} {...rate} empty={empty} />}
    </div>
  )
}
