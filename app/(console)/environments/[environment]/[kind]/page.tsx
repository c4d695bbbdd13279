import { firstQuery, type PageParams } from '#components/resources/list/first-query.ts'
import { ResourceList } from '#components/resources/list/resource-list.tsx'
import { listResources } from '#lib/operations/resources/list.ts'
import { runOperation } from '../../../../run-operation.ts'
import { placeOf } from './place-of.ts'

interface Props {
  params: Promise<{ environment: string; kind: string }>
  searchParams: Promise<PageParams>
}

export const generateMetadata = async ({ params }: Props) => {
  const { title, environmentName } = await placeOf(await params)
  return { title: `${title} · ${environmentName}` }
}

/** Everything of one kind in one environment. */
export default async function KindPage({ params, searchParams }: Props) {
  const { environment, kind, title } = await placeOf(await params)
  const { value } = await runOperation(listResources, firstQuery({ environment, kind: kind.name }, await searchParams, [kind]))
  return (
    <ResourceList
      key={`${environment}/${kind.name}`}
      target={{ environment, kind: kind.name }}
      title={title}
      initial={value ?? undefined}
    />
  )
}
