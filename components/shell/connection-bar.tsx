'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { formatClock } from '#components/ui/format.ts'
import { Notice } from '#components/ui/notice.tsx'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import { useConsole } from './console-context.tsx'

/** A socket that comes back within this time is nobody's concern. */
const patienceMs = 2_000

/** Across the page while Portolan itself does not answer. What is on the screen stays, dated. */
export function ConnectionBar() {
  const t = useTranslations('shell')
  const say = useErrorSentence()
  const { connection, connectionError } = useConsole()
  const [lostAt, setLostAt] = useState<Date | null>(null)
  const lost = connection === 'reconnecting'
  useEffect(() => {
    if (!lost) return
    const at = new Date()
    const timer = setTimeout(() => setLostAt(at), patienceMs)
    return () => {
      clearTimeout(timer)
      setLostAt(null)
    }
  }, [lost])
  if (!lostAt) return null
  return (
    <Notice tone="stale" bar live title={connectionError ? say(connectionError) : t('lost')}>
      {t('lostSince', { time: `${formatClock(lostAt)} UTC` })}
    </Notice>
  )
}
