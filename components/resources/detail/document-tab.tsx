'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Ago } from '#components/ui/ago.tsx'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { api } from '#lib/client/index.ts'
import type { Document, Reference } from '#lib/model/resource.ts'
import { apiOf } from '../href.ts'
import { useWords } from '../words.ts'
import { DocumentView, YamlView } from './document-view.tsx'
import type { Detail, DetailHead } from './use-resource.ts'
import { yamlOf } from './yaml-lines.ts'

/** The document read from the engine itself; what was known of it until that answers, and when it does not. */
export function DocumentTab({
  reference,
  kept,
  environmentName,
  as,
}: {
  reference: Reference
  kept: DetailHead | undefined
  environmentName: string
  as: 'json' | 'yaml'
}) {
  const t = useTranslations('resources')
  const words = useWords()
  const { data, refetch, isFetching } = useQuery({
    queryKey: ['document', reference],
    queryFn: ({ signal }) => api<Detail>(`${apiOf(reference)}?fresh=true`, { signal }),
    staleTime: 0,
  })
  const head = data?.head ?? kept
  if (!head) return <SkeletonRows count={10} />
  const error = head.documentError
  return (
    <>
      {error && (
        <Notice tone="stale" className="mb-3" title={t('detail.documentKept', { environment: environmentName })}>
          {error.reason ? words.reason(error.reason) : error.message}
        </Notice>
      )}
      <p className="mb-2 flex items-center gap-2 text-xs text-ink-3">
        <span>
          {t.rich(head.documentFrom === 'engine' ? 'detail.documentLive' : 'detail.documentSeen', {
            age: () => <Ago at={head.documentAt} />,
          })}
        </span>
        <Button variant="quiet" size={24} pending={isFetching} onClick={() => void refetch()}>
          {t('detail.documentAgain')}
        </Button>
      </p>
      {as === 'yaml' ? <Yaml document={head.document} /> : <DocumentView key={head.documentFrom} document={head.document} />}
    </>
  )
}

function Yaml({ document }: { document: Document }) {
  const { data } = useQuery({ queryKey: ['yaml', document], queryFn: () => yamlOf(document), staleTime: Infinity, gcTime: 0 })
  return data === undefined ? <SkeletonRows count={10} /> : <YamlView key={data} yaml={data} />
}
