import { getTranslations } from 'next-intl/server'
import { About } from '#components/settings/about.tsx'
import { engines } from '#lib/engines/index.ts'
import packageJson from '#root/package.json' with { type: 'json' }
import { readParts } from './parts.ts'

export const generateMetadata = async () => ({ title: (await getTranslations('settings.tabs'))('about') })

export default async function AboutPage() {
  return <About version={packageJson.version} engines={engines.map(({ title }) => title)} parts={await readParts()} />
}
