import type { Metadata, Viewport } from 'next'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { actorIfKnown } from './current-actor.ts'
import { KeepEarlyInput, RepeatEarlyInput } from './early-input.tsx'
import { Providers } from './providers.tsx'
import './globals.css'

export const metadata: Metadata = {
  title: { template: '%s · Portolan', default: 'Portolan' },
  applicationName: 'Portolan',
  robots: { index: false, follow: false },
}

/** Every page is of one person at one moment, with a nonce of its own: none is made ahead. */
export const dynamic = 'force-dynamic'

export const viewport: Viewport = { width: 'device-width', initialScale: 1 }

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, messages, t, requestHeaders, actor] = await Promise.all([
    getLocale(),
    getMessages(),
    getTranslations('common'),
    headers(),
    actorIfKnown(),
  ])
  const nonce = requestHeaders.get('x-nonce') ?? undefined
  const labels = {
    close: t('close'),
    copy: t('copy'),
    copied: t('copied'),
    noData: t('noData'),
    notifications: t('notifications'),
    showPassword: t('showPassword'),
    hidePassword: t('hidePassword'),
  }
  return (
    // The theme is set on <html> before the first paint, so the browser's differs from the server's.
    <html lang={locale} suppressHydrationWarning>
      <body>
        <KeepEarlyInput nonce={nonce} />
        <Providers
          locale={locale}
          // For the page that says something failed; groups of pages bring their own.
          messages={{ shell: messages.shell }}
          labels={labels}
          renderedAt={Date.now()}
          theme={actor?.theme ?? 'system'}
          nonce={nonce}
        >
          {children}
        </Providers>
        <RepeatEarlyInput />
      </body>
    </html>
  )
}
