'use client'

import { ActionDialog } from './action-dialog.tsx'
import { BatchResult } from './batch-result.tsx'

/** Draws what is asked and what was done to a selection; once on every page from which things can be acted on. */
export const ActionHost = () => (
  <>
    <ActionDialog />
    <BatchResult />
  </>
)
