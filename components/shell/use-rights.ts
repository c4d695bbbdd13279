'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { toast } from '#components/ui/toaster.tsx'
import { liveClient } from '#lib/client/index.ts'
import type { Binding } from '#lib/model/binding.ts'

/** When this person may do something else than what the page was drawn by, the page says so and is drawn anew. */
export function useChangedRights(drawnBy: readonly Binding[]): void {
  const t = useTranslations('shell')
  const router = useRouter()
  const queryClient = useQueryClient()
  useEffect(
    () =>
      liveClient().onRights((bindings) => {
        if (JSON.stringify(bindings) === JSON.stringify(drawnBy)) return
        toast({ id: 'rights', title: t('rightsChanged'), description: t('rightsChangedText'), timeout: 0 })
        queryClient.removeQueries({ type: 'inactive' })
        void queryClient.invalidateQueries()
        router.refresh()
      }),
    [t, router, queryClient, drawnBy],
  )
}
