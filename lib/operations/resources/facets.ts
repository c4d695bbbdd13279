import { z } from 'zod'
import { scopeOf } from '../../access/index.ts'
import { countFacets } from '../../inventory/index.ts'
import { FacetCounts } from '../../model/inventory.ts'
import { ResourceQuery } from '../../model/query.ts'
import { operation } from '../operation.ts'
import { checkListable } from './list.ts'

export const countResourceFacets = operation({
  name: 'resources.facets',
  summary: 'How often each value of each facet occurs among what matches',
  requires: 'viewer',
  input: ResourceQuery,
  output: z.array(FacetCounts),
  changes: false,
  async run({ actor }, query) {
    await checkListable(actor, query)
    return countFacets(query, scopeOf(actor, 'viewer'))
  },
})
