import { getTranslations } from 'next-intl/server'
import { NewEnvironment } from '#components/environments/new-environment.tsx'
import { engines } from '#lib/engines/index.ts'

export const generateMetadata = async () => ({ title: (await getTranslations('environments.form'))('addTitle') })

export default function NewEnvironmentPage() {
  return <NewEnvironment engines={engines.map(({ name, title, readFile }) => ({ name, title, hasFile: readFile !== undefined }))} />
}
