'use client'

import type { MouseEvent } from 'react'
import { useTicking } from '#components/ui/clock.ts'
import { formatClock, formatLocal, formatUtc } from '#components/ui/format.ts'
import { useUi } from '#components/ui/provider.tsx'

const day = (instant: Date) => instant.toISOString().slice(0, 10)

interface MomentProps {
  at: string
  seconds?: boolean
  /** Its day stands elsewhere. */
  dayless?: boolean
  className?: string
}

/** When something happened, in UTC: `14:06` today, `11-20 14:06` before; both clocks in full on hover. */
export function Moment({ at, seconds, dayless, className }: MomentProps) {
  const { locale } = useUi()
  const instant = new Date(at)
  const today = useTicking((now) => day(new Date(now)) === day(instant))
  const clock = seconds ? at.slice(11, 19) : formatClock(instant)
  const explain = (event: MouseEvent<HTMLTimeElement>) => {
    event.currentTarget.title = `${formatUtc(instant)} · ${formatLocal(instant, locale)}`
  }
  return (
    <time dateTime={at} className={className} onMouseEnter={explain}>
      {today || dayless ? clock : `${at.slice(5, 10)} ${clock}`}
    </time>
  )
}
