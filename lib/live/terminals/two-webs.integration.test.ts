import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { until } from '../../../e2e/engines/until.ts'
import { notify, prisma } from '../../database/index.ts'
import { holderId } from '../../terminals/held.ts'
import { cleanUps, docker, port, signIn } from '../fixtures/live-server.ts'
import { givenTerminals, look, open, otherWeb, showsSize } from '../fixtures/terminals.ts'
import { pipePath } from './pipe-out.ts'
import { writeTicket } from './ticket.ts'

givenTerminals()

describe.skipIf('missing' in docker)('terminals over two webs', () => {
  test('a terminal of one is watched and typed in at the other', async () => {
    const other = await otherWeb()
    const ada = await signIn('operator', 'Ada')
    const bob = await signIn('operator', 'Bob')
    const { id } = await other.open(ada)
    const tab = await look(ada, id)
    const there = await look(bob, id, other.port)
    tab.type('echo mark-$((40 + 2))\r')
    await until(() => tab.text().includes('mark-42') && there.text().includes('mark-42'))
    await until(() => there.people()?.length === 2)
    expect(tab.people()?.toSorted()).toEqual(['Ada', 'Bob'])
    there.type('echo bob-was-here\r')
    tab.say({ type: 'size', size: { columns: 91, rows: 31 } })
    await showsSize(tab, '31 91')
    await until(() => there.text().includes('31 91'))
    await prisma().roleBinding.updateMany({ where: { userId: bob.user.id }, data: { role: 'viewer' } })
    await notify(null, { topic: 'access', user: bob.user.id })
    await until(() => there.errors.length)
    expect(there.errors).toEqual(['forbidden'])
    tab.say({ type: 'end' })
    await until(() => tab.ended())
    expect(tab.ended()).toEqual({ code: 'terminal-closed', params: { name: 'Ada' } })
    expect(tab.text()).not.toContain('bob-was-here')
  })

  test('when the holder dies, the tab says so, and what to do', async () => {
    const other = await otherWeb()
    const ada = await signIn('operator')
    const { id } = await other.open(ada)
    const tab = await look(ada, id)
    await until(() => tab.text())
    other.child.kill('SIGKILL')
    // Until its lease is void it may come back; where that was so at once, the end is told at once.
    await until(() => tab.errors.length || tab.ended())
    expect(tab.errors.filter((code) => code !== 'unavailable')).toEqual([])
    const told = await until(async () => {
      const again = await look(ada, id)
      await until(() => again.errors.length || again.ended())
      // A session has only so many sockets at once.
      again.leave()
      return again.ended()
    })
    expect(told).toEqual({ code: 'terminal-holder-gone' })
  })

  test('a pipe opens by a ticket of ours alone', async () => {
    const answerTo = async (authorization?: string) => {
      const pipe = new WebSocket(`ws://127.0.0.1:${port}${pipePath}`, { headers: authorization ? { authorization } : {} })
      cleanUps.push(() => pipe.terminate())
      pipe.on('error', () => undefined)
      return Promise.race([
        once(pipe, 'unexpected-response').then(([, response]) => (response as { statusCode: number }).statusCode),
        once(pipe, 'close').then(([code]) => code as number),
      ])
    }
    const { id } = await open(await signIn('operator'))
    const who = { userId: 'u', name: 'Eve', types: true }
    const good = { terminal: id, holder: holderId(), who }
    expect(await answerTo()).toBe(404)
    expect(await answerTo('Ticket nonsense')).toBe(404)
    expect(await answerTo(`Ticket ${writeTicket(good, Date.now() - 61_000)}`)).toBe(404)
    expect(await answerTo(`Ticket ${writeTicket(good, Date.now()).slice(0, -2)}xx`)).toBe(404)
    expect(await answerTo(`Ticket ${writeTicket({ ...good, holder: 'another' }, Date.now())}`)).toBe(4404)
  })
})
