import type { ReactNode } from 'react'
import { BrowserWords } from '../browser-words.tsx'

/** Everything before the console: sign-in, the first account, the first look at this machine. */
export default function EntryLayout({ children }: { children: ReactNode }) {
  return <BrowserWords group="entry">{children}</BrowserWords>
}
