import { getTranslations } from 'next-intl/server'
import { PeopleList } from '#components/settings/people/people-list.tsx'
import { Failure } from '#components/states/failure.tsx'
import { listPeopleOperation } from '#lib/operations/people/list.ts'
import { runOperation } from '../../../run-operation.ts'

export const generateMetadata = async () => ({ title: (await getTranslations('settings.tabs'))('people') })

export default async function PeoplePage() {
  const { value, error } = await runOperation(listPeopleOperation, {})
  if (error) return <Failure error={error} />
  return <PeopleList initial={value} />
}
