import { z } from 'zod'
import { describeKind, engines } from '../../engines/index.ts'
import { KindDescription } from '../../model/kind.ts'
import { operation } from '../operation.ts'

export const listKinds = operation({
  name: 'kinds.list',
  summary: 'Every kind that engines serve: columns, facets, actions with the JSON Schema of their input, tabs',
  requires: 'signed-in',
  input: z.object({}),
  output: z.array(KindDescription),
  changes: false,
  run: async () => engines.flatMap((engine) => engine.kinds.map(describeKind)),
})
