'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Progress } from '#components/ui/progress.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'

/** Rows of the right height at once; after a second it says whom it waits for. */
export function Loading({ whom }: { whom: string }) {
  const t = useTranslations('resources.list')
  const seconds = useSecondsHere()
  const words = t('waitingFor', { name: whom, seconds })
  return (
    <div className="relative min-h-0 flex-1 overflow-hidden" aria-busy>
      {seconds >= 1 && (
        <p
          role="status"
          className="absolute top-2 right-4 z-1 flex items-center gap-2.5 rounded-sm bg-canvas px-2 text-xs text-ink-3 tabular-nums"
        >
          <Progress label={words} value={null} />
          {words}
        </p>
      )}
      <SkeletonRows count={20} />
    </div>
  )
}

function useSecondsHere(): number {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((n) => n + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  return seconds
}
