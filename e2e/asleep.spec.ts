import type { BrowserContext, Page } from '@playwright/test'
import { docker, expect, openList, rowOf, test, visit } from './harbour.ts'

/** Says how long it took until everything was right: 2 s are promised, which a busy machine may miss without being wrong. */
async function says(what: string, right: () => Promise<unknown>): Promise<void> {
  const since = performance.now()
  await right()
  console.log(`${what}: right after ${((performance.now() - since) / 1000).toFixed(1)} s`)
}
const age = (page: Page) => page.getByRole('banner')
const dock = (page: Page) => page.getByRole('region', { name: 'Dock' })

test.describe.configure({ timeout: 180_000 })
// A trace would hold every frame of every socket, and hold them up.
test.use({ trace: 'off' })

/**
 * A machine whose lid is closed and opened again ten minutes later, in a place where the network is not back yet. Asleep,
 * nothing comes through and nobody is told: sockets stay open that nothing comes from any more.
 */
async function laptop(context: BrowserContext) {
  let asleep = false
  await context.clock.install()
  await context.routeWebSocket(/\/api\/live/, (socket) => {
    if (asleep) return void socket.close()
    const server = socket.connectToServer()
    socket.onMessage((frame) => void (asleep || server.send(frame)))
    server.onMessage((frame) => void (asleep || socket.send(frame)))
  })
  return {
    async closeLid() {
      asleep = true
      await context.setOffline(true)
      await context.clock.pauseAt(Date.now() + 60_000)
    },
    async openLid() {
      await context.clock.fastForward('10:00')
      await context.clock.resume()
    },
    async network() {
      asleep = false
      await context.setOffline(false)
    },
  }
}

async function openDock(page: Page, what: 'Logs' | 'Shell', environment: string, name: string): Promise<void> {
  await visit(page, `/environments/${environment}/containers/${name}`)
  await page.getByRole('main').getByRole('button', { name: what, exact: true }).click()
}

test.describe('after ten minutes of sleep, as soon as the network is back,', () => {
  test('a list is right, and until then it does not say that it is live', async ({ context, page, moorings, environment }) => {
    const machine = await laptop(context)
    const goes = await moorings.run('goes')
    await openList(page, environment, 'containers', moorings.prefix)
    await expect(rowOf(page, goes)).toBeVisible()
    await expect(age(page).getByText('Live', { exact: true })).toBeVisible()
    await machine.closeLid()
    await docker('rm', '--force', goes)
    const comes = await moorings.run('comes')
    await machine.openLid()
    await expect(age(page).getByText('Reconnecting')).toBeVisible()
    await expect(age(page).getByText('Live', { exact: true })).toHaveCount(0)
    await machine.network()
    await says('a list', async () => {
      await expect(rowOf(page, comes)).toBeVisible()
      await expect(rowOf(page, goes)).toHaveCount(0)
    })
    await expect(age(page).getByText('Live', { exact: true })).toBeVisible()
  })

  test('a log goes on', async ({ context, page, moorings, environment }) => {
    const machine = await laptop(context)
    const script = 'echo "sails up"; while [ ! -e /tmp/go ]; do sleep 0.1; done; echo "land in sight"; exec sleep 100000'
    const name = await moorings.run('sails', [], ['sh', '-c', script])
    await openDock(page, 'Logs', environment, name)
    const log = page.getByRole('group', { name: `Log of ${name}` })
    await expect(log.getByText('sails up')).toBeVisible()
    await machine.closeLid()
    await docker('exec', name, 'touch', '/tmp/go')
    await machine.openLid()
    await expect(age(page).getByText('Reconnecting')).toBeVisible()
    await machine.network()
    await says('a log', () => expect(log.getByText('land in sight')).toBeVisible())
    await expect(log.getByText('sails up')).toHaveCount(1)
  })

  test('a terminal shows what it said meanwhile', async ({ context, page, moorings, environment }) => {
    const machine = await laptop(context)
    const name = await moorings.run('stays')
    await openDock(page, 'Shell', environment, name)
    const terminal = page.getByRole('group', { name: `Terminal in ${name}` }).locator('.xterm-rows')
    await expect(terminal).toContainText('#')
    await page.keyboard.type('tty\n')
    await expect(terminal).toContainText('/dev/pts/')
    const tty = /\/dev\/pts\/\d+/.exec((await terminal.textContent()) ?? '')![0]
    await machine.closeLid()
    await docker('exec', name, 'sh', '-c', `echo said-in-the-night > ${tty}`)
    await machine.openLid()
    await expect(dock(page).getByText('Reconnecting. What runs goes on.')).toBeVisible()
    await machine.network()
    await says('a terminal', () => expect(terminal).toContainText('said-in-the-night'))
  })
})

test('a tab whose scripts stood still shows what is so when they go on', async ({ context, page, moorings, environment }) => {
  await openList(page, environment, 'containers', moorings.prefix)
  const goes = await moorings.run('goes')
  await expect(rowOf(page, goes)).toBeVisible()
  // A page that is seen cannot be frozen as one in the background is; to the socket it is the same.
  const browser = await context.newCDPSession(page)
  await browser.send('Debugger.enable')
  const stands = new Promise((resolve) => browser.once('Debugger.paused', resolve))
  await browser.send('Debugger.pause')
  await stands
  // More than the server sends to somebody who does not take it in.
  const names: string[] = []
  for (let n = 0; n < 12; n++) names.push(await moorings.run(`comes${n}.`))
  await docker('rm', '--force', goes)
  await browser.send('Debugger.disable')
  await says('a tab that stood still', async () => {
    await expect(rowOf(page, names.at(-1)!)).toBeVisible()
    await expect(rowOf(page, goes)).toHaveCount(0)
  })
  for (const name of names) await expect(rowOf(page, name)).toBeVisible()
})
