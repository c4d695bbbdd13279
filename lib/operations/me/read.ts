import { z } from 'zod'
import { sessionOf, type Actor } from '../../access/index.ts'
import { Me } from '../../model/person.ts'
import { operation } from '../operation.ts'

export const toMe = ({ userId, login, name, provider, language, theme, via, bindings }: Actor): Me => ({
  userId,
  login,
  name,
  provider,
  language,
  theme,
  sessionId: sessionOf(via),
  bindings,
})

export const readMe = operation({
  name: 'me.read',
  summary: 'Who is signed in, and what they may do where',
  requires: 'signed-in',
  input: z.object({}),
  output: Me,
  changes: false,
  run: async ({ actor }) => toMe(actor),
})
