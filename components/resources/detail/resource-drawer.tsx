'use client'

import { useTranslations } from 'next-intl'
import { useConsole } from '#components/shell/console-context.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Drawer } from '#components/ui/drawer.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import type { Reference } from '#lib/model/resource.ts'
import { hrefOf } from '../href.ts'
import { DetailActions, DetailTitle } from './detail-head.tsx'
import { Gone } from './gone.tsx'
import { KeyFacts } from './key-facts.tsx'
import { Overview } from './overview.tsx'
import { Sentence } from './sentence.tsx'
import { useResource } from './use-resource.ts'

/** The same head, sentence and facts beside the list, so that the list stays. */
export const ResourceDrawer = ({ reference, onClose }: { reference: Reference; onClose(): void }) => (
  <OpenDrawer key={`${reference.environment}\n${reference.kind}\n${reference.key}`} reference={reference} onClose={onClose} />
)

function OpenDrawer({ reference, onClose }: { reference: Reference; onClose(): void }) {
  const t = useTranslations('resources.detail')
  const say = useErrorSentence()
  const { kindByName, environmentById } = useConsole()
  const { row, name, head, gone, error } = useResource(reference)
  const kind = kindByName.get(reference.kind)
  const environment = environmentById.get(reference.environment)
  return (
    <Drawer
      open
      onOpenChange={(open) => !open && onClose()}
      label={name}
      head={row && kind ? <DetailTitle row={row} kind={kind} drawer /> : <h2 className="truncate text-lg font-semibold">{name}</h2>}
    >
      <div className="flex flex-col gap-4 px-4 py-3">
        {gone ? (
          <Gone reference={reference} name={name} environment={environment} />
        ) : error ? (
          <Notice tone="failed" title={say(error)} />
        ) : !row || !kind ? (
          <SkeletonRows count={6} />
        ) : (
          <>
            <Sentence row={row} environment={environment} />
            <DetailActions row={row} kind={kind} />
            <KeyFacts row={row} kind={kind} environment={environment} />
            <Overview row={row} head={head} kind={kind} environment={environment} narrow />
            <ButtonLink href={hrefOf(reference)} className="self-start">
              {t('open')}
            </ButtonLink>
          </>
        )}
      </div>
    </Drawer>
  )
}
