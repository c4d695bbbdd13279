import { randomUUID } from 'node:crypto'
import { ResourceDetailPage } from '#components/resources/detail/resource-page.tsx'
import { isAppError } from '#lib/errors/index.ts'
import { log } from '#lib/log.ts'
import type { Reference } from '#lib/model/resource.ts'
import { perform } from '#lib/operations/perform.ts'
import { readResourceOperation } from '#lib/operations/resources/read.ts'
import { currentActor } from '../../../../../current-actor.ts'
import { placeOf } from '../place-of.ts'

interface Props {
  params: Promise<{ environment: string; kind: string; key: string }>
}

/** What is gone still has a page: its timeline. So "not found" is no error here, and the browser asks again by itself. */
async function readFor(reference: Reference) {
  const requestId = randomUUID()
  const logger = log().child({ requestId, operation: readResourceOperation.name })
  try {
    const circumstances = { requestId, signal: AbortSignal.timeout(30_000), log: logger, now: () => new Date() }
    return await perform(readResourceOperation, await currentActor(), reference, circumstances)
  } catch (error) {
    if (!isAppError(error) || error.code !== 'not_found') logger.warn({ err: error }, 'a page could not be made in full')
    return undefined
  }
}

export const generateMetadata = async ({ params }: Props) => {
  const { environmentName } = await placeOf(await params)
  return { title: `${decodeURIComponent((await params).key)} · ${environmentName}` }
}

/** One resource. */
export default async function ResourcePage({ params }: Props) {
  const { environment, kind } = await placeOf(await params)
  const key = decodeURIComponent((await params).key)
  const reference = { environment, kind: kind.name, key }
  return <ResourceDetailPage key={`${environment}/${kind.name}/${key}`} reference={reference} initial={await readFor(reference)} />
}
