import type { ReactNode } from 'react'
import { EntryFrame } from '#components/entry/entry-frame.tsx'
import { isSetUp } from '#lib/access/index.ts'
import { isAppError } from '#lib/errors/index.ts'
import packageJson from '#root/package.json' with { type: 'json' }

/** Whether somebody administers Portolan; null when our database does not say. */
export async function knownSetUp(): Promise<boolean | null> {
  try {
    return await isSetUp()
  } catch (error) {
    if (isAppError(error)) return null
    throw error
  }
}

export const Frame = ({ healthy, children }: { healthy: boolean; children: ReactNode }) => (
  <EntryFrame healthy={healthy} version={packageJson.version}>
    {children}
  </EntryFrame>
)
