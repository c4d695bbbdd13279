'use client'

import { ThemeProvider } from 'next-themes'
import { NextIntlClientProvider } from 'next-intl'
import type { ComponentProps, ReactNode } from 'react'
import { UiProvider, type UiLabels } from '#components/ui/provider.tsx'
import { Toaster } from '#components/ui/toaster.tsx'
import { lastPartOf } from '#lib/i18n/words.ts'

interface ProvidersProps {
  locale: string
  messages: ComponentProps<typeof NextIntlClientProvider>['messages']
  labels: UiLabels
  renderedAt: number
  nonce: string | undefined
  children: ReactNode
}

/** What every page stands on: theme, language and the words of the parts. */
export const Providers = ({ locale, messages, labels, renderedAt, nonce, children }: ProvidersProps) => (
  <ThemeProvider
    attribute="data-theme"
    defaultTheme="system"
    enableSystem
    enableColorScheme={false}
    disableTransitionOnChange
    nonce={nonce}
  >
    <NextIntlClientProvider locale={locale} messages={messages} timeZone="UTC" getMessageFallback={({ key }) => lastPartOf(key)}>
      <UiProvider locale={locale} labels={labels} renderedAt={renderedAt} nonce={nonce}>
        {children}
        <Toaster />
      </UiProvider>
    </NextIntlClientProvider>
  </ThemeProvider>
)
