import type { Metadata } from 'next'
import { Overview } from '#components/environments/overview.tsx'
import { PageFailure } from '#components/states/failure.tsx'
import { readEnvironment } from '#lib/operations/environments/read.ts'
import { readOverview } from '#lib/operations/home/overview.ts'
import { runOperation } from '../../../run-operation.ts'

type Props = { params: Promise<{ environment: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { value } = await runOperation(readEnvironment, { environment: (await params).environment })
  return { title: value?.name }
}

export default async function EnvironmentPage({ params }: Props) {
  const { environment } = await params
  const { value, error } = await runOperation(readOverview, { environment })
  if (error) return <PageFailure title="" error={error} />
  return <Overview initial={value} />
}
