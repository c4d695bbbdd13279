import { getTranslations } from 'next-intl/server'
import { ChangePassword } from '#components/settings/password.tsx'
import { Profile } from '#components/settings/profile.tsx'
import { Tokens } from '#components/settings/tokens/tokens.tsx'
import { Failure } from '#components/states/failure.tsx'
import { readMe } from '#lib/operations/me/read.ts'
import { listTokensOperation } from '#lib/operations/tokens/list.ts'
import { runOperation } from '../../run-operation.ts'

export const generateMetadata = async () => ({ title: (await getTranslations('settings'))('title') })

export default async function SettingsPage() {
  const { value, error } = await runOperation(readMe, {})
  const tokens = await runOperation(listTokensOperation, {})
  if (error) return <Failure error={error} />
  return (
    <>
      <Profile me={value} />
      <ChangePassword login={value.login} provider={value.provider} />
      <Tokens initial={tokens.value ?? undefined} bindings={value.bindings} />
    </>
  )
}
