import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { PersonPage } from '#components/settings/people/person-page.tsx'
import { Failure } from '#components/states/failure.tsx'
import { readPersonOperation } from '#lib/operations/people/read.ts'
import { runOperation } from '../../../../run-operation.ts'

export const generateMetadata = async () => ({ title: (await getTranslations('settings.tabs'))('people') })

export default async function OnePersonPage({ params }: { params: Promise<{ id: string }> }) {
  const { value, error } = await runOperation(readPersonOperation, { id: (await params).id })
  // An address that somebody wrote by hand.
  if (error?.code === 'invalid_input') notFound()
  if (error) return <Failure error={error} />
  return <PersonPage initial={value} />
}
