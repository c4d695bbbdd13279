import { getTranslations } from 'next-intl/server'
import { Home } from '#components/home/home.tsx'
import { PageFailure } from '#components/states/failure.tsx'
import { readHome } from '#lib/operations/home/read.ts'
import { runOperation } from '../run-operation.ts'

export const generateMetadata = async () => ({ title: (await getTranslations('home'))('title') })

export default async function HomePage() {
  const { value, error } = await runOperation(readHome, {})
  if (error) return <PageFailure title={(await getTranslations('home'))('title')} error={error} />
  return <Home initial={value} />
}
