'use client'

import { useEffect } from 'react'

const askEveryMs = 2_000

/** Asks whether Portolan is ready again, and says so each time that it is: for what could not be shown in an outage. */
export function ComesBack({ onBack }: { onBack: () => void }) {
  useEffect(() => {
    let gone = false
    let timer: ReturnType<typeof setTimeout>
    const ask = async () => {
      const answer = await fetch('/api/ready', { cache: 'no-store' }).catch(() => null)
      if (gone) return
      if (answer?.ok) onBack()
      wait()
    }
    // Spread, so that a thousand tabs do not come back at once.
    const wait = () => (timer = setTimeout(() => void ask(), askEveryMs * (1 + Math.random())))
    wait()
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [onBack])
  return null
}
