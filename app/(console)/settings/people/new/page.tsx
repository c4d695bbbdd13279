import { getTranslations } from 'next-intl/server'
import { NewPerson } from '#components/settings/people/new-person.tsx'
import { Failure } from '#components/states/failure.tsx'
import { listPeopleOperation } from '#lib/operations/people/list.ts'
import { runOperation } from '../../../../run-operation.ts'

export const generateMetadata = async () => ({ title: (await getTranslations('people.form'))('newTitle') })

export default async function NewPersonPage() {
  // Who may not see people may not invite any, and is told so.
  const { error } = await runOperation(listPeopleOperation, {})
  if (error) return <Failure error={error} />
  return <NewPerson />
}
