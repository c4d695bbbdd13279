import { getTranslations } from 'next-intl/server'
import { Changes } from '#components/changes/changes.tsx'
import { pageSize, parseFilters, queryOf } from '#components/changes/filters.ts'
import { PageFailure } from '#components/states/failure.tsx'
import { listChanges } from '#lib/operations/changes/list.ts'
import { listPeopleOfChanges } from '#lib/operations/changes/people.ts'
import { runOperation } from '../../run-operation.ts'

export const generateMetadata = async () => ({ title: (await getTranslations('changes'))('title') })

export default async function ChangesPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const pairs = Object.entries(await searchParams).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))
  const query = queryOf(parseFilters(new URLSearchParams(pairs)), new Date(), pageSize)
  const [changes, people] = await Promise.all([runOperation(listChanges, query), runOperation(listPeopleOfChanges, {})])
  if (changes.error) return <PageFailure title={(await getTranslations('changes'))('title')} error={changes.error} />
  return <Changes initial={changes.value} people={people.value?.people ?? []} />
}
