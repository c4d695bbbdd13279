'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { toast } from '#components/ui/toaster.tsx'
import { liveClient } from '#lib/client/index.ts'

/** When somebody changes what this person may do, the page says so and is drawn anew by the new rights. */
export function useChangedRights(): void {
  const t = useTranslations('shell')
  const router = useRouter()
  const queryClient = useQueryClient()
  useEffect(
    () =>
      liveClient().onRights(() => {
        toast({ id: 'rights', title: t('rightsChanged'), description: t('rightsChangedText'), timeout: 0 })
        queryClient.removeQueries({ type: 'inactive' })
        void queryClient.invalidateQueries()
        router.refresh()
      }),
    [t, router, queryClient],
  )
}
