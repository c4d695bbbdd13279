import { beforeAll, expect, it } from 'vitest'
import { useDatabase } from '../../../e2e/engines/database.ts'
import { prisma } from '../../database/index.ts'
import { call, signedIn } from '../../http/test-client.ts'
import type { Role } from '../../model/role.ts'

useDatabase()

let environment: string
beforeAll(async () => {
  const flag = { flagHue: 'teal', flagPattern: 'cross', flagCode: 'DEV' }
  const settings = { transport: 'socket', path: '/nowhere' }
  const { id } = await prisma().environment.create({
    data: { name: 'here', engine: 'docker', stage: 'dev', ...flag, protected: false, settings, engineId: 'e' },
  })
  environment = String(id)
})

async function stop(role: Role, kind = 'docker/containers') {
  const { actor, cookie } = await signedIn({ role, environment: null, namespaces: null })
  const keys = [{ environment, kind, key: 'gone', uid: 'u' }]
  const body = { action: 'stop', input: { graceSeconds: 3, ballast: 'x'.repeat(10_000) }, keys }
  const response = await call('resources.runActions', { cookie, body })
  const activities = await prisma().activity.findMany({ where: { userId: actor.userId }, select: { input: true, kind: true } })
  return { status: response.status, activities }
}

it('who may do it nowhere is refused as a whole, and leaves nothing in the audit log', async () => {
  expect(await stop('viewer')).toEqual({ status: 403, activities: [] })
})

it('a row that fails keeps of the input only what the action takes', async () => {
  expect(await stop('deployer')).toEqual({ status: 202, activities: [{ input: { graceSeconds: 3 }, kind: 'docker/containers' }] })
})

it('an action that the kind does not have is done to none of it', async () => {
  expect(await stop('deployer', 'docker/images')).toEqual({ status: 404, activities: [] })
})

it('what is named twice is done once', async () => {
  const { cookie } = await signedIn({ role: 'deployer', environment: null, namespaces: null })
  const one = { environment, kind: 'docker/containers', key: 'gone', uid: 'u' }
  const response = await call('resources.runActions', { cookie, body: { action: 'stop', keys: [one, one] } })
  expect(await response.json()).toMatchObject({ count: 1 })
})
