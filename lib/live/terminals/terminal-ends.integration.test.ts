import { describe, expect, test } from 'vitest'
import { until } from '../../../e2e/engines/until.ts'
import { notify, prisma } from '../../database/index.ts'
import { docker, signIn } from '../fixtures/live-server.ts'
import { givenTerminals, look, onDocker, open } from '../fixtures/terminals.ts'

givenTerminals()

describe.skipIf('missing' in docker)('a terminal ends', () => {
  test.each(['narrowed', 'disabled', 'signed out'])('ends with the rights of who opened it: %s', async (how) => {
    const ada = await signIn('operator', `Ada ${how}`)
    const bob = await signIn('operator', 'Bob')
    const { id } = await open(ada)
    const tab = await look(ada, id)
    const watching = await look(bob, id)
    await until(() => tab.text() && watching.text())
    if (how === 'narrowed') await prisma().roleBinding.updateMany({ where: { userId: ada.user.id }, data: { role: 'viewer' } })
    if (how === 'disabled') await prisma().user.update({ where: { id: ada.user.id }, data: { disabledAt: new Date() } })
    if (how === 'signed out') await prisma().session.update({ where: { id: ada.session.id }, data: { endedAt: new Date() } })
    await notify(null, { topic: 'access', user: ada.user.id })
    await until(() => watching.ended())
    expect(watching.ended()).toEqual({ code: 'terminal-right-lost' })
    const before = tab.frames.length
    tab.type('echo still-here\r')
    expect(tab.frames.slice(before).some((frame) => frame.type === 'output')).toBe(false)
  })

  test('ends after a while in which nobody looked, and says so', async () => {
    const { id } = await open(await signIn('operator'))
    const row = await until(async () => {
      const found = await prisma().terminal.findUniqueOrThrow({ where: { id } })
      return found.endedAt ? found : undefined
    })
    expect(row?.ended).toMatchObject({ code: 'terminal-idle' })
  })

  test('ends with its container, and says so', async () => {
    const other = await onDocker('run', '-d', '--name', 'dying', 'portolan/busybox:1', 'sleep', '600')
    await until(async () => prisma().$queryRaw<unknown[]>`SELECT FROM resources WHERE key = 'dying'`.then((rows) => rows.length))
    const ada = await signIn('operator')
    const { id } = await open(ada, { key: 'dying', uid: other })
    const tab = await look(ada, id)
    await until(() => tab.text())
    await onDocker('kill', 'dying')
    await until(() => tab.ended())
    expect(tab.ended()).toEqual({ code: 'terminal-resource-ended', params: { exitCode: 137 } })
    await onDocker('rm', '-f', 'dying')
  })
})
