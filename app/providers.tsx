'use client'

import { ThemeProvider } from 'next-themes'
import { NextIntlClientProvider } from 'next-intl'
import type { ComponentProps, ReactNode } from 'react'
import { UiProvider, type UiLabels } from '#components/ui/provider.tsx'
import { Toaster } from '#components/ui/toaster.tsx'
import { lastPartOf } from '#lib/i18n/words.ts'
import type { Theme } from '#lib/model/person.ts'

type Messages = ComponentProps<typeof NextIntlClientProvider>['messages']

/** The messages that components in the browser may speak with; each group of pages brings its own. */
export const Words = ({ locale, messages, children }: { locale: string; messages: Messages; children: ReactNode }) => (
  <NextIntlClientProvider locale={locale} messages={messages} timeZone="UTC" getMessageFallback={({ key }) => lastPartOf(key)}>
    {children}
  </NextIntlClientProvider>
)

interface ProvidersProps {
  locale: string
  messages: Messages
  labels: UiLabels
  renderedAt: number
  /** Of a browser that remembers none. */
  theme: Theme
  nonce: string | undefined
  children: ReactNode
}

/** What every page stands on: theme, language and the words of the parts. */
export const Providers = ({ locale, messages, labels, renderedAt, theme, nonce, children }: ProvidersProps) => (
  <ThemeProvider attribute="data-theme" defaultTheme={theme} enableSystem enableColorScheme={false} disableTransitionOnChange nonce={nonce}>
    <Words locale={locale} messages={messages}>
      <UiProvider locale={locale} labels={labels} renderedAt={renderedAt} nonce={nonce}>
        {children}
        <Toaster />
      </UiProvider>
    </Words>
  </ThemeProvider>
)
