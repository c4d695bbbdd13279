import { getTranslations } from 'next-intl/server'
import { EnvironmentList } from '#components/environments/environment-list.tsx'

export const generateMetadata = async () => ({ title: (await getTranslations('environments'))('title') })

/** Live from the shell, which follows them anyway. */
export default function EnvironmentsPage() {
  return <EnvironmentList />
}
