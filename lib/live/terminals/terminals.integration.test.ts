import { describe, expect, test } from 'vitest'
import { until } from '../../../e2e/engines/until.ts'
import { prisma } from '../../database/index.ts'
import { docker, signIn } from '../fixtures/live-server.ts'
import { activityOf, containerName, givenTerminals, look, open, showsSize } from '../fixtures/terminals.ts'

givenTerminals()

describe.skipIf('missing' in docker)('a terminal', () => {
  test('survives a reload and is watched by name; who opened what is an activity, and how it ended', async () => {
    const ada = await signIn('operator', 'Ada')
    const bob = await signIn('operator', 'Bob')
    const { id } = await open(ada)
    const first = await look(ada, id)
    first.type('stty size; echo mark-$((40 + 2))\r')
    await until(() => first.text().includes('mark-42'))
    expect(first.text()).toContain('24 80')
    expect(await activityOf('Ada')).toMatchObject({ verb: 'resource.terminal', outcome: 'running', key: containerName })
    first.leave()
    const again = await look(ada, id)
    await until(() => again.text().includes('mark-42'))
    const watching = await look(bob, id)
    await until(() => watching.text().includes('mark-42') && again.people()?.length === 2)
    expect(again.people()).toEqual(['Ada', 'Bob'])
    watching.type('echo bob-was-here\r')
    again.say({ type: 'size', size: { columns: 90, rows: 30 } })
    await showsSize(again, '30 90')
    again.type('exit 4\r')
    await until(() => watching.ended() && again.ended())
    expect(watching.text()).toContain('30 90')
    expect(watching.text()).not.toContain('bob-was-here')
    expect(watching.ended()).toEqual({ code: 'terminal-exited', params: { exitCode: 4 } })
    const activity = await until(async () => {
      const found = await activityOf('Ada')
      return found.outcome === 'succeeded' && found
    })
    expect(JSON.stringify(activity)).not.toContain('mark-42')
    const late = await look(bob, id)
    await until(() => late.ended())
    expect(late.ended()).toEqual({ code: 'terminal-exited', params: { exitCode: 4 } })
  })

  test('asks for operator there, and tells nobody else that it exists', async () => {
    const ada = await signIn('operator')
    const { id } = await open(ada)
    await expect(open(await signIn('deployer'))).rejects.toMatchObject({ code: 'forbidden' })
    for (const [role, code] of [
      ['deployer', 'forbidden'],
      ['viewer', 'forbidden'],
    ] as const) {
      const tab = await look(await signIn(role), id)
      await until(() => tab.errors.length)
      expect(tab.errors).toEqual([code])
    }
    const stranger = await signIn('operator')
    await prisma().roleBinding.deleteMany({ where: { userId: stranger.user.id } })
    const tab = await look(stranger, id)
    await until(() => tab.errors.length)
    expect(tab.errors).toEqual(['not_found'])
    const own = await look(ada, id)
    own.say({ type: 'end' })
    await until(() => own.ended())
  })

  test('nobody has more of them than some', async () => {
    const ada = await signIn('operator')
    const wanted = Array.from({ length: 14 }, () => open(ada).then(({ id }) => look(ada, id)))
    const settled = await Promise.allSettled(wanted)
    const refused = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
    expect(refused).toHaveLength(4)
    for (const error of refused) expect(error).toMatchObject({ code: 'rate_limited', reason: { code: 'terminals-of-a-person' } })
    const tabs = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    for (const tab of tabs) tab.say({ type: 'end' })
    await until(() => tabs.every((tab) => tab.ended()))
    await until(async () => (await prisma().terminal.count({ where: { userId: ada.user.id, endedAt: null } })) === 0)
  })

  test('what a hostile container prints, ends nowhere but on the screen', async () => {
    const ada = await signIn('operator')
    const { id } = await open(ada)
    const tab = await look(ada, id)
    tab.type(`cat > /tmp/got & while :; do printf '\\033]52;c;cm0=\\007\\033P$qm\\033\\\\\\033]11;?\\007\\033[21t\\005%01000d' 7; done\r`)
    await until(() => tab.text().length > 300_000)
    // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
    expect(tab.text()).not.toMatch(/\u001b\]|\u001bP|\u0005/)
    tab.type('\u0003')
    tab.say({ type: 'end' })
    await until(() => tab.ended())
  })
})
