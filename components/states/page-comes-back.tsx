'use client'

import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import { ComesBack } from './comes-back.tsx'

/** On a page that was made in an outage: it is made again when that is over. */
export function PageComesBack() {
  const router = useRouter()
  return <ComesBack onBack={useCallback(() => router.refresh(), [router])} />
}
