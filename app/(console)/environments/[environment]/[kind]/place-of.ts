import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import type { KindDescription } from '#lib/model/kind.ts'
import { listKinds } from '#lib/operations/kinds/list.ts'
import { readEnvironment } from '#lib/operations/environments/read.ts'
import { runOperation } from '../../../../run-operation.ts'

export interface KindPlace {
  environment: string
  environmentName: string
  kind: KindDescription
  /** What the kind is called, for the head of a page. */
  title: string
}

const find = cache(async (environment: string, shortKind: string): Promise<KindPlace> => {
  const [t, there, kinds] = await Promise.all([
    getTranslations(),
    runOperation(readEnvironment, { environment }),
    runOperation(listKinds, {}),
  ])
  const kind = kinds.value?.find((one) => one.engine === there.value?.engine && one.name === `${one.engine}/${shortKind}`)
  if (!there.value || !kind) return notFound()
  const words = `kinds.${kind.name.replace('/', '.')}.other`
  const title = t.has(words) ? t(words) : kind.plural
  return { environment, environmentName: there.value.name, kind, title: title.charAt(0).toLocaleUpperCase() + title.slice(1) }
})

/** What the address of a list or a detail means; a place that does not exist is the page "not found". */
export const placeOf = ({ environment, kind }: { environment: string; kind: string }): Promise<KindPlace> =>
  find(environment, decodeURIComponent(kind))
