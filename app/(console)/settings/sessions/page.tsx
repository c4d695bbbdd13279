import { getTranslations } from 'next-intl/server'
import { Sessions } from '#components/settings/sessions.tsx'
import { Failure } from '#components/states/failure.tsx'
import { listSessionsOperation } from '#lib/operations/sessions/list.ts'
import { runOperation } from '../../../run-operation.ts'

export const generateMetadata = async () => ({ title: (await getTranslations('settings.tabs'))('sessions') })

export default async function SessionsPage() {
  const { value, error } = await runOperation(listSessionsOperation, {})
  if (error) return <Failure error={error} />
  return <Sessions initial={value} />
}
