import { randomBytes } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { useDatabase } from '../../e2e/engines/database.ts'
import { prisma } from '../database/index.ts'
import { parseSecretKeys } from '../settings.ts'
import { resealEverything } from './rotate.ts'
import { openSecrets, sealSecrets } from './secrets.ts'

const keys = [randomBytes(32), randomBytes(32)].map((key) => key.toString('base64'))
vi.stubEnv('PORTOLAN_SECRET_KEYS', keys.join(','))
useDatabase()

it('seals everything anew under the first key, once, and the older key is needed no more', async () => {
  const [newer, older] = parseSecretKeys(keys.join(','))
  const identity = {
    engine: 'docker',
    stage: 'dev',
    flagHue: 'plum',
    flagPattern: 'cross',
    flagCode: 'AAA',
    protected: false,
    settings: {},
  }
  const make = (name: string, secrets: Uint8Array<ArrayBuffer> | null) =>
    prisma().environment.create({ data: { ...identity, name, engineId: name, secrets } })
  const { id } = await make('rotated', sealSecrets({ key: 'hunter2' }, [older!]))
  await make('fresh', sealSecrets({ key: 'hunter3' }, [newer!]))
  await make('without', null)
  expect(await resealEverything()).toBe(1)
  expect(await resealEverything()).toBe(0)
  const { secrets } = await prisma().environment.findUniqueOrThrow({ where: { id } })
  expect(openSecrets(secrets!, [newer!])).toEqual({ key: 'hunter2' })
})
