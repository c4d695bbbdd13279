import { scopeOf } from '../../access/index.ts'
import { readRuler } from '../../inventory/index.ts'
import { Ruler } from '../../model/inventory.ts'
import { ResourceQuery } from '../../model/query.ts'
import { operation } from '../operation.ts'
import { checkListable } from './list.ts'

export const readRulerOperation = operation({
  name: 'resources.ruler',
  summary: 'Where failing, degraded and moving rows stand among all that match',
  requires: 'viewer',
  input: ResourceQuery,
  output: Ruler,
  changes: false,
  async run({ actor, now }, query) {
    await checkListable(actor, query)
    return readRuler(query, scopeOf(actor, 'viewer'), now())
  },
})
