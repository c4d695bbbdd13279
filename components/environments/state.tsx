'use client'

import { useTranslations } from 'next-intl'
import { useWords } from '#components/resources/words.ts'
import { Ago } from '#components/ui/ago.tsx'
import { Freshness } from '#components/ui/freshness.tsx'
import { StateGlyph } from '#components/ui/state-glyph.tsx'
import type { Environment } from '#lib/model/environment.ts'

const shapes = { live: 'live', behind: 'polled', stale: 'silent', paused: 'held' } as const

/** The state of an environment in shape and word, and since when unless it is live. */
export function EnvironmentStateLabel({
  environment,
  since,
}: {
  environment: Pick<Environment, 'state' | 'stateSince' | 'lastContactAt'>
  since?: boolean
}) {
  const t = useTranslations()
  const { state, stateSince, lastContactAt } = environment
  const word = t(`environmentStates.${state}`)
  const age = since && (
    <span className="text-ink-3">
      {/* Silence counts from the last word, not from when somebody noticed. */}
      <Ago at={state === 'stale' ? (lastContactAt ?? stateSince) : stateSince} />
    </span>
  )
  if (state === 'connecting')
    return (
      <span className="inline-flex items-center gap-1.5 text-xs whitespace-nowrap text-busy">
        <StateGlyph health="moving" /> {word} {age}
      </span>
    )
  return (
    <Freshness state={shapes[state]}>
      {word} {age}
    </Freshness>
  )
}

/** Why it is not live, in the engine's words too; nothing when there is nothing to say. */
export function EnvironmentError({ environment, className }: { environment: Pick<Environment, 'error'>; className?: string }) {
  const words = useWords()
  return environment.error && <span className={className}>{words.reason(environment.error)}</span>
}
