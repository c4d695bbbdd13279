'use client'

import dynamic from 'next/dynamic'
import { useActing } from './acting.ts'

// Forms and results are loaded when the first of them is asked for, not with every list.
const ActionDialog = dynamic(() => import('./action-dialog.tsx').then((module) => module.ActionDialog), { ssr: false })
const BatchResult = dynamic(() => import('./batch-result.tsx').then((module) => module.BatchResult), { ssr: false })

/** Draws what is asked and what was done to a selection; once on every page from which things can be acted on. */
export function ActionHost() {
  const asked = useActing((acting) => acting.asked !== null)
  const batch = useActing((acting) => acting.batch !== null)
  return (
    <>
      {asked && <ActionDialog />}
      {batch && <BatchResult />}
    </>
  )
}
