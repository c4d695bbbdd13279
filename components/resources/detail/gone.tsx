'use client'

import { useTranslations } from 'next-intl'
import { Ago } from '#components/ui/ago.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { kindPath } from '#components/shell/place.ts'
import { useLive } from '#lib/client/index.ts'
import type { Change, ChangesHead } from '#lib/model/change.ts'
import type { Environment } from '#lib/model/environment.ts'
import type { Reference } from '#lib/model/resource.ts'
import { Timeline } from './timeline.tsx'

/** It was removed: when, and all that happened to it before. */
export function Gone({ reference, name, environment }: { reference: Reference; name: string; environment: Environment | undefined }) {
  const t = useTranslations('resources.detail')
  const { environment: id, kind, key } = reference
  const { rows } = useLive<Change, ChangesHead>('resources.timeline', { environment: id, kind, key, limit: 100 })
  const removal = rows?.find((change) => change.type === 'change' && change.change === 'removed')
  return (
    <div className="flex flex-col gap-4">
      <Notice
        tone="info"
        live
        title={t(removal ? 'goneTitle' : 'goneNever', { name })}
        actions={
          <ButtonLink size={24} href={kindPath(id, kind)}>
            {t('back')}
          </ButtonLink>
        }
      >
        {removal ? t.rich('goneBody', { age: () => <Ago at={removal.at} /> }) : t('goneUnknown', { environment: environment?.name ?? id })}
      </Notice>
      <Timeline reference={reference} />
    </div>
  )
}
