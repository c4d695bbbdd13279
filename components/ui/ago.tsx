'use client'

import type { MouseEvent } from 'react'
import { useTicking } from './clock.ts'
import { formatAge, formatLocal, formatUtc } from './format.ts'
import { useUi } from './provider.tsx'

/** An age, `23 min`, that keeps itself; the exact time in UTC and on the reader's clock on hover. */
export function Ago({ at, className }: { at: string | Date; className?: string }) {
  const { locale } = useUi()
  const instant = typeof at === 'string' ? new Date(at) : at
  const text = useTicking((now) => formatAge(now - instant.getTime(), locale))
  // Written on hover: the server does not know the reader's clock, and a list has hundreds of ages.
  const explain = (event: MouseEvent<HTMLTimeElement>) => {
    event.currentTarget.title = `${formatUtc(instant)} · ${formatLocal(instant, locale)}`
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it explains itself and does nothing
    <time dateTime={instant.toISOString()} className={className} onMouseEnter={explain}>
      {text}
    </time>
  )
}
