'use client'

import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import type { Activity } from '#lib/model/activity.ts'
import type { Change } from '#lib/model/change.ts'

const plain = (name: string) => name.replaceAll(/[._-]/g, ' ')

/** What a change says in one line: `say(change, name)`; the name is handed in, so that a caller can find its place. */
export function useSayChange(): {
  activity: (activity: Pick<Activity, 'verb'>, name: string) => string
  change: (change: Change, name: string) => string
  /** `after Restart by Ada`, or that it came by itself. */
  cause: (change: Exclude<Change, { type: 'activity' }>) => string
} {
  const t = useTranslations()
  const activity = useCallback(
    ({ verb }: Pick<Activity, 'verb'>, name: string) => {
      const key = `activities.${verb}`
      return t.has(key) ? t(key, { name }) : `${plain(verb)} ${name}`.trim()
    },
    [t],
  )
  const change = useCallback(
    (one: Change, name: string): string => {
      if (one.type === 'activity') return activity(one.activity, name)
      if (one.type === 'event') {
        const known = `changes.events.${one.action}`
        return t.has(known) ? t(known, { name }) : t('changes.event', { name, action: plain(one.action) })
      }
      return t(`changes.health.${one.change === 'health' ? (one.to ?? 'unknown') : one.change}`, { name })
    },
    [t, activity],
  )
  const cause = useCallback(
    ({ after }: Exclude<Change, { type: 'activity' }>): string =>
      after ? t('changes.after', { what: activity(after, '').trim(), who: after.userName }) : t('changes.byItself'),
    [t, activity],
  )
  return { activity, change, cause }
}
