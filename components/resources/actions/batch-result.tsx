'use client'

import { useTranslations } from 'next-intl'
import { useConsole } from '#components/shell/console-context.tsx'
import { Drawer } from '#components/ui/drawer.tsx'
import { Flag } from '#components/ui/flag.tsx'
import { Progress } from '#components/ui/progress.tsx'
import { StateLabel, type StateName } from '#components/ui/state-glyph.tsx'
import { useLive } from '#lib/client/index.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import type { Activity, Outcome } from '#lib/model/activity.ts'
import { useWords } from '../words.ts'
import { useActing } from './acting.ts'

const looks: Record<Outcome, { health: StateName; word: 'resultRunning' | 'resultSucceeded' | 'resultFailed' | 'resultInterrupted' }> = {
  running: { health: 'moving', word: 'resultRunning' },
  succeeded: { health: 'completed', word: 'resultSucceeded' },
  failed: { health: 'failing', word: 'resultFailed' },
  interrupted: { health: 'unknown', word: 'resultInterrupted' },
}

/** Troubles first, then what is on its way, then what is done. */
const ranks: Record<Outcome, number> = { failed: 0, interrupted: 1, running: 2, succeeded: 3 }

/** What became of every single row of a selection, as it becomes so. */
export function BatchResult() {
  const batch = useActing((acting) => acting.batch)
  return batch && <OpenBatch key={batch.id} batch={batch} />
}

function OpenBatch({ batch }: { batch: NonNullable<ReturnType<typeof useActing.getState>['batch']> }) {
  const t = useTranslations('resources.act')
  const words = useWords()
  const sayError = useErrorSentence()
  const showBatch = useActing((acting) => acting.showBatch)
  const { rows, error } = useLive<Activity, unknown>('activities.list', { batch: batch.id, limit: 1000 })
  const activities = (rows ?? []).toSorted((a, b) => ranks[a.outcome] - ranks[b.outcome] || (a.name ?? '').localeCompare(b.name ?? ''))
  const ended = activities.filter((activity) => activity.outcome !== 'running').length
  const done = activities.filter((activity) => activity.outcome === 'succeeded').length
  const title = t('resultTitle', { action: words.action(batch.action.name), done, all: batch.count })
  return (
    <Drawer
      open
      onOpenChange={(open) => !open && showBatch(null)}
      label={title}
      head={<h2 className="truncate text-base font-semibold">{title}</h2>}
    >
      <div className="px-4 py-3">
        <Progress label={title} value={batch.count ? ended / batch.count : null} className="w-full" />
        {error && <p className="mt-2 text-sm text-fail">{sayError(error)}</p>}
      </div>
      <ul>
        {activities.map((activity) => (
          <BatchRow key={activity.id} activity={activity} />
        ))}
      </ul>
    </Drawer>
  )
}

function BatchRow({ activity }: { activity: Activity }) {
  const t = useTranslations('resources.act')
  const words = useWords()
  const { environmentById } = useConsole()
  const environment = activity.environment === null ? undefined : environmentById.get(activity.environment)
  const { health, word } = looks[activity.outcome]
  const why = activity.error && (activity.error.reason ? words.reason(activity.error.reason) : activity.error.message)
  return (
    <li className="border-t border-line px-4 py-2 text-sm">
      <span className="flex items-center gap-2">
        {environment && <Flag flag={environment.flag} size={15} />}
        <span className="min-w-0 flex-1 truncate">{activity.name ?? activity.key}</span>
        <StateLabel health={health}>{t(word)}</StateLabel>
      </span>
      {why && <p className="mt-0.5 text-xs text-ink-2">{why}</p>}
      {activity.output && (
        <pre className="mt-1 max-h-32 overflow-auto rounded-sm bg-sunken p-2 font-mono text-xs whitespace-pre-wrap">{activity.output}</pre>
      )}
    </li>
  )
}
