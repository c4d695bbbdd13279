'use client'

import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import { useWords } from '#components/resources/words.ts'
import type { Activity } from '#lib/model/activity.ts'
import type { Change } from '#lib/model/change.ts'

/** What it takes to say an activity: some sentences also tell what was asked for. */
type Said = Pick<Activity, 'verb'> & Partial<Pick<Activity, 'input'>>

const plain = (name: string) => name.replaceAll(/[._-]/g, ' ')

const wordsOf = (input: Activity['input'] = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(input).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))

/** What a change says in one line: `say(change, name)`; the name is handed in, so that a caller can find its place. */
export function useSayChange(): {
  activity: (activity: Said, name: string) => string
  change: (change: Change, name: string) => string
  /** `after Restart by Ada`, or that it was only seen: who or what did it, nobody knows here. */
  cause: (change: Exclude<Change, { type: 'activity' }>) => string
  /** Who did it, and through which API token. */
  who: (activity: Pick<Activity, 'userName' | 'tokenName'>) => string
} {
  const t = useTranslations()
  const words = useWords()
  const activity = useCallback(
    ({ verb, input }: Said, name: string) => {
      const key = `activities.${verb}`
      return t.has(key) ? t(key, { ...wordsOf(input), name }) : `${plain(verb)} ${name}`.trim()
    },
    [t],
  )
  const change = useCallback(
    (one: Change, name: string): string => {
      if (one.type === 'activity') return activity(one.activity, name)
      if (one.type === 'event') return words.event(one, name)
      return t(`changes.health.${one.change === 'health' ? (one.to ?? 'unknown') : one.change}`, { name })
    },
    [t, words, activity],
  )
  const cause = useCallback(
    ({ after }: Exclude<Change, { type: 'activity' }>): string =>
      after ? t('changes.after', { what: activity(after, '').trim(), who: after.userName }) : t('changes.seen'),
    [t, activity],
  )
  const who = useCallback(
    ({ userName, tokenName }: Pick<Activity, 'userName' | 'tokenName'>) =>
      tokenName === null ? userName : t('changes.through', { who: userName, token: tokenName }),
    [t],
  )
  return { activity, change, cause, who }
}
