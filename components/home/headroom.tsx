'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Ago } from '#components/ui/ago.tsx'
import { cn } from '#components/ui/cn.ts'
import { formatBytes, formatNumber } from '#components/ui/format.ts'
import { useUi } from '#components/ui/provider.tsx'
import { api } from '#lib/client/index.ts'
import { isAppError } from '#lib/errors/index.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import type { Environment } from '#lib/model/environment.ts'
import type { Headroom as Figures } from '#lib/model/headroom.ts'

/** As long as the server keeps them. */
const freshMs = 60_000

/** What the machine of an environment has and what is in use, asked of the engine itself: nothing here is estimated. */
export function Headroom({ environment }: { environment: Environment }) {
  const t = useTranslations('home.headroom')
  const say = useErrorSentence()
  const answers = environment.state === 'live' || environment.state === 'behind'
  const { data, error } = useQuery({
    queryKey: ['headroom', environment.id],
    queryFn: ({ signal }) => api<Figures>(`/api/environments/${environment.id}/headroom`, { signal }),
    enabled: answers,
    staleTime: freshMs,
    refetchInterval: freshMs,
  })
  if (data) return <Measured figures={data} />
  if (error)
    return (
      <p className="text-xs text-ink-2">
        {isAppError(error) && error.code === 'forbidden' ? say(error) : t('failed', { reason: say(error) })}
      </p>
    )
  return answers ? (
    <p role="status" className="text-xs text-ink-3">
      {t('asking')}
    </p>
  ) : null
}

function Measured({ figures }: { figures: Figures }) {
  const t = useTranslations('home.headroom')
  const { locale } = useUi()
  const { cores, usedCores, memoryBytes, usedMemoryBytes, disk } = figures
  const memory = (bytes: number) => formatBytes(bytes, locale, 'binary')
  const all = (disk ?? []).reduce((sum, { bytes }) => sum + bytes, 0)
  const reclaimable = (disk ?? []).reduce((sum, { reclaimableBytes }) => sum + reclaimableBytes, 0)
  return (
    <div className="flex flex-col gap-2 text-xs tabular-nums">
      <dl className="grid grid-cols-[auto_minmax(3rem,1fr)_auto] items-center gap-x-3 gap-y-2">
        {cores !== null && (
          <Figure name={t('cpu')} used={usedCores} of={cores}>
            {usedCores === null
              ? t('cores', { count: cores })
              : t('of', { used: formatNumber(usedCores, locale, 2), all: t('cores', { count: cores }) })}
          </Figure>
        )}
        {memoryBytes !== null && (
          <Figure name={t('memory')} used={usedMemoryBytes} of={memoryBytes}>
            {usedMemoryBytes === null ? memory(memoryBytes) : t('of', { used: memory(usedMemoryBytes), all: memory(memoryBytes) })}
          </Figure>
        )}
        <Figure name={t('disk')} used={disk && all - reclaimable} of={all} rest>
          {disk ? formatBytes(all, locale) : t('unmeasured')}
        </Figure>
      </dl>
      {disk && (
        <ul className="flex flex-wrap gap-x-3 gap-y-0.5 text-ink-2">
          {disk
            .filter(({ bytes }) => bytes > 0)
            .map(({ part, bytes }) => (
              <li key={part}>{t(`parts.${part}`, { bytes: formatBytes(bytes, locale) })}</li>
            ))}
          {reclaimable > 0 && (
            <li className="inline-flex items-center gap-1.5 font-medium text-ink">
              <span aria-hidden className={cn('size-2.5 rounded-xs', hatched)} />
              {t('reclaimable', { bytes: formatBytes(reclaimable, locale) })}
            </li>
          )}
        </ul>
      )}
      <p className="text-ink-3">{t.rich('note', { age: () => <Ago at={figures.at} /> })}</p>
    </div>
  )
}

/** Hatching is what can be taken away. */
const hatched = 'bg-[repeating-linear-gradient(135deg,var(--color-s1)_0_1.5px,transparent_1.5px_4px)] bg-line'

interface FigureProps {
  name: string
  used: number | null
  of: number
  /** What is not in use is not free but can be reclaimed. */
  rest?: boolean
  children: ReactNode
}

/** Amber when nearly all of it is in use. */
function Figure({ name, used, of, rest, children }: FigureProps) {
  const share = used === null || of <= 0 ? 0 : Math.min(1, used / of)
  return (
    <>
      <dt className="text-ink-2">{name}</dt>
      <dd aria-hidden className={cn('h-2 overflow-hidden rounded-xs', rest && used !== null ? hatched : 'bg-line')}>
        <span
          className={cn('block h-full min-w-px', share > 0.9 && !rest ? 'bg-warn-solid' : 'bg-s1')}
          style={{ width: `${share * 100}%` }}
        />
      </dd>
      <dd className="text-right text-ink">{children}</dd>
    </>
  )
}
