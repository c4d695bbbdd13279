import { resourcePath } from '#components/shell/place.ts'
import type { Reference } from '#lib/model/resource.ts'

/** The page of one resource. */
export const hrefOf = ({ environment, kind, key }: Reference): string => resourcePath(environment, kind, key)

/** Its place in the API. */
export const apiOf = (reference: Reference): string => `/api${hrefOf(reference)}`
