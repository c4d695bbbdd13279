import { getLocale, getMessages } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Words } from './providers.tsx'

/** Areas of lib/i18n that a group of pages never speaks with in the browser: they stay on the server. */
const unspoken = {
  console: ['entry'],
  entry: [
    'resources',
    'columns',
    'actions',
    'inputs',
    'blocked',
    'home',
    'changes',
    'activities',
    'settings',
    'people',
    'dock',
    'containers',
  ],
} as const

/** Sends a group of pages its words, in the language of the request. */
export async function BrowserWords({ group, children }: { group: keyof typeof unspoken; children: ReactNode }) {
  const [locale, messages] = await Promise.all([getLocale(), getMessages()])
  const left = new Set<string>(unspoken[group])
  const spoken = Object.fromEntries(Object.entries(messages).filter(([area]) => !left.has(area)))
  return (
    <Words locale={locale} messages={spoken}>
      {children}
    </Words>
  )
}
