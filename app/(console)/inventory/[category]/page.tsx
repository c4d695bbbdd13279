import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { firstQuery, type PageParams } from '#components/resources/list/first-query.ts'
import { ResourceList } from '#components/resources/list/resource-list.tsx'
import { describeKind, kindsIn } from '#lib/engines/index.ts'
import { Category } from '#lib/model/kind.ts'
import { listResources } from '#lib/operations/resources/list.ts'
import { runOperation } from '../../../run-operation.ts'

interface Props {
  params: Promise<{ category: string }>
  searchParams: Promise<PageParams>
}

async function categoryOf({ params }: Props): Promise<Category> {
  const category = Category.safeParse((await params).category)
  return category.success ? category.data : notFound()
}

export async function generateMetadata(props: Props) {
  const t = await getTranslations('resources.categories')
  return { title: t(await categoryOf(props)) }
}

/** One category of things over the whole fleet. */
export default async function InventoryCategoryPage(props: Props) {
  const category = await categoryOf(props)
  const t = await getTranslations('resources.categories')
  const { value } = await runOperation(
    listResources,
    firstQuery({ category }, await props.searchParams, kindsIn(category).map(describeKind)),
  )
  return <ResourceList key={category} target={{ category }} title={t(category)} initial={value ?? undefined} />
}
