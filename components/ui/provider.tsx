'use client'

import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tooltip } from '@base-ui/react/tooltip'
import { createContext, useContext, useMemo, type ReactNode } from 'react'

/** The few words that parts of this folder say themselves. */
export interface UiLabels {
  close: string
  copy: string
  copied: string
  noData: string
  notifications: string
  showPassword: string
  hidePassword: string
}

interface Ui {
  locale: string
  labels: UiLabels
  /** Milliseconds since 1970, when the server made this page: the first render in the browser has to say the same ages. */
  renderedAt: number
}

const english: UiLabels = {
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  noData: 'no data',
  notifications: 'Notifications',
  showPassword: 'Show the password',
  hidePassword: 'Hide the password',
}

const UiContext = createContext<Ui>({ locale: 'en', labels: english, renderedAt: 0 })

/** Language, words and the style nonce for everything in components/ui. */
export function UiProvider({ locale, labels, renderedAt, nonce, children }: Ui & { nonce?: string; children: ReactNode }) {
  const value = useMemo(() => ({ locale, labels, renderedAt }), [locale, labels, renderedAt])
  return (
    <UiContext.Provider value={value}>
      <CSPProvider nonce={nonce}>
        <Tooltip.Provider delay={400}>{children}</Tooltip.Provider>
      </CSPProvider>
    </UiContext.Provider>
  )
}

export const useUi = (): Ui => useContext(UiContext)
