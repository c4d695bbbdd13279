import { getTranslations } from 'next-intl/server'
import { EnvironmentSettings } from '#components/environments/environment-settings.tsx'
import { PageFailure } from '#components/states/failure.tsx'
import { engineOf } from '#lib/engines/index.ts'
import { readEnvironment } from '#lib/operations/environments/read.ts'
import { runOperation } from '../../../../run-operation.ts'

export const generateMetadata = async () => ({ title: (await getTranslations('environments.overview'))('settings') })

export default async function EnvironmentSettingsPage({ params }: { params: Promise<{ environment: string }> }) {
  const { value, error } = await runOperation(readEnvironment, { environment: (await params).environment })
  if (error) return <PageFailure title={(await getTranslations('environments.overview'))('settings')} error={error} />
  const { connection, ...environment } = value
  return <EnvironmentSettings environment={environment} connection={connection} title={engineOf(environment.engine).title} />
}
