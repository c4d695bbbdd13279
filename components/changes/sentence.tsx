'use client'

import Link from 'next/link'
import { hrefOf } from '#components/resources/href.ts'
import type { Change } from '#lib/model/change.ts'
import { environmentOf, subjectOf } from './look.ts'
import { useSayChange } from './say.ts'

// Stands for the name while the sentence is made, so that the name alone becomes a link wherever it is in the sentence.
const place = '\u0001'

/** One line of what changed, with the thing it is about as a link. `gone`: there is nothing to go to any more. */
export function ChangeSentence({ change, linked = true }: { change: Change; linked?: boolean }) {
  const say = useSayChange()
  const subject = subjectOf(change)
  const name = subject?.name ?? (change.type === 'activity' ? (change.activity.name ?? change.activity.environmentName ?? '') : '')
  const [before = '', after] = say.change(change, place).split(place)
  const href = targetOf(change)
  // Not every sentence names its thing.
  if (after === undefined) return before
  return (
    <>
      {before}
      {href && linked ? (
        <Link href={href} className="font-medium hover:underline" title={name}>
          {name}
        </Link>
      ) : (
        <span className="font-medium">{name}</span>
      )}
      {after}
    </>
  )
}

/** Where the name leads; what was removed has no page any more. */
function targetOf(change: Change): string | null {
  const subject = subjectOf(change)
  if (change.type === 'change' && change.change === 'removed') return null
  if (subject) return hrefOf(subject)
  const environment = environmentOf(change)
  return environment === null || (change.type === 'activity' && change.activity.verb === 'environment.remove')
    ? null
    : `/environments/${environment}`
}
