'use client'

import { useTranslations } from 'next-intl'
import { Ago } from '#components/ui/ago.tsx'
import { cn } from '#components/ui/cn.ts'
import { formatClock } from '#components/ui/format.ts'
import type { Environment } from '#lib/model/environment.ts'
import type { Health } from '#lib/model/health.ts'
import type { Row } from '#lib/model/resource.ts'
import { useWords } from '../words.ts'

const tones: Partial<Record<Health, string>> = { failing: 'text-fail', degraded: 'text-warn', moving: 'text-busy' }

/** State, since when, and why; of an environment that is silent what it was, and when that was. */
export function Sentence({ row, environment, className }: { row: Row; environment: Environment | undefined; className?: string }) {
  const t = useTranslations('resources.detail')
  const words = useWords()
  const state = words.state(row)
  const old = environment?.state === 'stale' || environment?.state === 'paused'
  const since = row.since
  return (
    <p className={cn('text-sm', className)}>
      <span className={cn('font-medium', old ? 'text-ink-3' : (tones[row.health] ?? 'text-ink-2'))}>
        {old
          ? t('wasSince', { state: state.toLocaleLowerCase(), time: formatClock(new Date(environment.lastContactAt ?? row.observedAt)) })
          : since
            ? t.rich('since', { state, age: () => <Ago at={since} /> })
            : t('stateOnly', { state })}
      </span>{' '}
      {row.reason && <span className="text-ink">{words.reason(row.reason)}</span>}
    </p>
  )
}
