'use client'

import { useEffect } from 'react'
import { create } from 'zustand'

/** How old what a page shows may be; `at` is when it was true (ISO 8601). */
export type PageFreshness = { state: 'live'; tookMs?: number } | { state: 'polled' | 'silent'; at: string | null } | { state: 'held' }

interface PageStore {
  /** The name of the one thing a page is about, where its key is not for people. */
  crumb: string | null
  freshness: PageFreshness | null
}

export const usePageStore = create<PageStore>()(() => ({ crumb: null, freshness: null }))

/** The last part of the breadcrumb, while the page is there. */
export function useCrumb(crumb: string | null): void {
  useEffect(() => {
    usePageStore.setState({ crumb })
    return () => usePageStore.setState({ crumb: null })
  }, [crumb])
}

/** What the top bar says of the page's age, while the page is there; without it the environment's state is shown. */
export function usePageFreshness(freshness: PageFreshness | null): void {
  const text = JSON.stringify(freshness)
  useEffect(() => {
    usePageStore.setState({ freshness: JSON.parse(text) as PageFreshness | null })
    return () => usePageStore.setState({ freshness: null })
  }, [text])
}
