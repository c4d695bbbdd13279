import { expect, it } from 'vitest'
import { useDatabase } from '../../../e2e/engines/database.ts'
import { startActivity } from '../../access/index.ts'
import { call, signedIn } from '../../http/test-client.ts'

useDatabase()

it('a text is found as it is written: % and _ stand for nothing else', async () => {
  const { actor, cookie } = await signedIn({ role: 'administrator', environment: null, namespaces: null })
  for (const name of ['web_1', 'web-1', '100%', '100']) await startActivity(actor, { verb: 'test', name, requestId: 'r' })
  const found = async (text: string) => {
    const { rows } = (await (await call('activities.list', { query: { text }, cookie })).json()) as { rows: { name: string }[] }
    return rows.map((row) => row.name)
  }
  expect(await found('web_')).toEqual(['web_1'])
  expect(await found('0%')).toEqual(['100%'])
})
