import type { Locator, Page, WebSocketRoute } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { screenshots } from './fixtures.ts'
import { docker, expect, test, visit } from './harbour.ts'

const saying = (script: string) => ['sh', '-c', `${script}; exec sleep 100000`]
const many = 100_000

async function openLog(page: Page, environment: string, name: string): Promise<Locator> {
  await visit(page, `/environments/${environment}/containers/${name}`)
  await page.getByRole('main').getByRole('button', { name: 'Logs', exact: true }).click()
  return page.getByRole('group', { name: `Log of ${name}` })
}
const dock = (page: Page) => page.getByRole('region', { name: 'Dock' })
const find = (page: Page) => dock(page).getByRole('searchbox', { name: 'Find in the log' })
const beginWith = (page: Page, words: string) => dock(page).getByRole('combobox', { name: 'From where' }).selectOption({ label: words })

/** Every line of a log with a number in it, from the first to the last: read by scrolling through all of it. */
const numbersIn = (log: Locator): Promise<number[]> =>
  log.evaluate(async (element) => {
    const drawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    const found = new Map<number, number>()
    for (element.scrollTop = 0; ; element.scrollTop += element.clientHeight / 2) {
      await drawn()
      for (const row of element.querySelectorAll<HTMLElement>('[data-index]')) {
        const number = /numbered (\d+)/.exec(row.textContent ?? '')?.[1]
        if (number) found.set(Number(row.dataset.index), Number(number))
      }
      if (element.scrollTop + element.clientHeight >= element.scrollHeight - 1) break
    }
    return [...found].toSorted(([a], [b]) => a - b).map(([, number]) => number)
  })

/** The number in the last line that is drawn; 0 while there is none. A busy machine has scrolled past the first ones. */
const lastIn = async (log: Locator): Promise<number> => {
  const texts = await log.locator('[data-index]').allTextContents()
  return Math.max(0, ...texts.map((text) => Number(/numbered (\d+)/.exec(text)?.[1] ?? 0)))
}

test.describe('a log is read', () => {
  test('as it is written, searched, filtered by stream, and as text whatever is in it', async ({ page, moorings, environment }) => {
    const script = `
      printf '\\033[31mred alarm\\033[0m calm <img src=x onerror="window.pwned=1"><script>window.pwned=2</script>\\n'
      i=0; while [ $i -lt 30 ]; do i=$((i + 1)); echo "sounding $i of the harbour"; [ $((i % 10)) = 0 ] && echo "shoal $i" >&2; done
      while [ ! -e /tmp/go ]; do sleep 0.1; done; echo "land in sight"`
    const name = await moorings.run('talk', [], saying(script))
    const log = await openLog(page, environment, name)
    await expect(log.getByText('sounding 30 of the harbour')).toBeVisible()
    await docker('exec', name, 'touch', '/tmp/go')
    await expect(log.getByText('land in sight'), 'it follows').toBeInViewport()

    await find(page).fill('shoal')
    await expect(dock(page).getByRole('status')).toHaveText('0 of 3')
    await dock(page).getByRole('button', { name: 'Next match' }).click()
    await expect(dock(page).getByRole('status')).toHaveText('1 of 3')
    await expect(log.locator('mark').filter({ hasText: 'shoal' }).first()).toBeInViewport()
    await dock(page).getByRole('button', { name: 'Match before' }).click()
    await expect(dock(page).getByRole('status')).toHaveText('3 of 3')
    await screenshots(page, 'logs-search')
    await find(page).press('Escape')
    await expect(find(page)).toHaveValue('')

    await dock(page).getByRole('button', { name: 'stderr', exact: true }).click()
    await expect(log.getByText('shoal 10')).toBeVisible()
    await expect(log.getByText(/sounding/)).toHaveCount(0)
    await dock(page).getByRole('button', { name: 'Both', exact: true }).click()

    await find(page).fill('red alarm')
    await find(page).press('Enter')
    const alarm = log.getByText('red alarm').first()
    await expect(alarm).toBeInViewport()
    await expect(log.getByText('<img src=x onerror="window.pwned=1"><script>window.pwned=2</script>')).toBeVisible()
    await find(page).fill('')
    const colour = (at: Locator) => at.evaluate((element) => getComputedStyle(element).color)
    expect(await colour(alarm)).not.toBe(await colour(log.getByText(/^ calm/).first()))
    await expect(log.locator('img, script')).toHaveCount(0)
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false)
  })

  test('from where one wants, wrapped, with its times, emptied and downloaded', async ({ page, moorings, environment }) => {
    const script =
      'i=0; while [ $i -lt 500 ]; do i=$((i + 1)); echo "numbered $i"; done; printf "long "; head -c 3000 /dev/zero | tr "\\0" "~"; echo'
    const name = await moorings.run('tape', [], saying(script))
    const log = await openLog(page, environment, name)
    await expect(dock(page).getByText('501 lines')).toBeVisible()
    await beginWith(page, 'last 200 lines')
    await expect(dock(page).getByText('200 lines', { exact: true })).toBeVisible()
    await beginWith(page, 'last 5 min')
    await expect(dock(page).getByText('501 lines')).toBeVisible()

    const row = log.locator('[data-index]').filter({ hasText: 'long ~' })
    const option = async (name: string) => {
      await dock(page).getByRole('button', { name: 'How lines are shown' }).click()
      await page.getByRole('menuitemcheckbox', { name }).or(page.getByRole('menuitem', { name })).click()
      await page.keyboard.press('Escape')
    }
    expect((await row.boundingBox())!.height).toBeLessThan(30)
    await option('Wrap long lines')
    await expect.poll(async () => (await row.boundingBox())!.height).toBeGreaterThan(60)
    await expect(log.locator('time').first()).toBeVisible()
    await option('Timestamps')
    await expect(log.locator('time')).toHaveCount(0)

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dock(page).getByRole('link', { name: 'Download the log as text' }).click(),
    ])
    const text = await readFile(await download.path(), 'utf8')
    expect(text.split('\n').filter((line) => line.startsWith('numbered '))).toHaveLength(500)
    await option('Empty this view')
    await expect(log.getByText(/numbered/)).toHaveCount(0)
  })

  test('with 100,000 lines it stays light', async ({ page, moorings, environment }, info) => {
    const name = await moorings.run('flood', [], saying(`seq 1 ${many} | sed 's/^/numbered /'`))
    const log = await openLog(page, environment, name)
    await beginWith(page, 'last 100,000 lines')
    await expect(dock(page).getByText('100,000 lines', { exact: true })).toBeVisible({ timeout: 30_000 })
    await expect(log.getByText(`numbered ${many}`, { exact: true })).toBeInViewport()
    const drawn = () => log.locator('[data-index]').count()
    expect(await drawn()).toBeLessThan(150)
    const longest = await log.evaluate(async (element) => {
      let worst = 0
      for (let step = 0, last = performance.now(); step < 60; step++) {
        element.scrollTop = (element.scrollHeight * (60 - step)) / 60
        await new Promise((resolve) => requestAnimationFrame(resolve))
        worst = Math.max(worst, performance.now() - last)
        last = performance.now()
      }
      element.scrollTop = 0
      return worst
    })
    await expect(log.getByText('numbered 1', { exact: true })).toBeInViewport()
    expect(await drawn()).toBeLessThan(150)
    await find(page).fill(`numbered ${many / 2}`)
    await find(page).press('Enter')
    await expect(dock(page).getByRole('status')).toHaveText('1 of 1')
    await expect(log.getByText(`numbered ${many / 2}`, { exact: true })).toBeInViewport()
    const said = `scrolling through 100,000 lines: longest frame ${Math.round(longest)} ms`
    console.log(`  log: ${said}`)
    info.annotations.push({ type: 'measured', description: said })
    await screenshots(page, 'logs-long')
  })
})

test.describe('beside an open drawer', () => {
  test('the log is in front of it on a phone, and all of its toolbar can be used', async ({ page, moorings, environment }) => {
    const name = await moorings.run('pocket', [], saying('echo "land in sight"'))
    await page.setViewportSize({ width: 390, height: 844 })
    await visit(page, `/environments/${environment}/containers?q=${moorings.prefix}&open=${environment}~docker/containers~${name}`)
    await page.getByRole('dialog', { name }).getByRole('button', { name: 'Logs', exact: true }).click()
    expect((await find(page).boundingBox())!.width, 'as wide as its words').toBeGreaterThan(130)
    await find(page).fill('land')
    await expect(dock(page).getByRole('status')).toHaveText('0 of 1')
    await dock(page).getByRole('button', { name: 'Next match' }).click()
    await expect(dock(page).getByRole('status')).toHaveText('1 of 1')
    await beginWith(page, 'last 200 lines')
    await expect(page.getByRole('group', { name: `Log of ${name}` }).getByText('land in sight')).toBeVisible()
    await screenshots(page, 'logs-drawer')
    await page.setViewportSize({ width: 390, height: 844 })
    await dock(page).getByRole('button', { name: 'Close the dock' }).click()
    await expect(page.getByRole('dialog', { name })).toBeInViewport()
  })

  test('the drawer ends above the log on a desktop', async ({ page, moorings, environment }) => {
    test.setTimeout(120_000)
    const name = await moorings.run('desk', [], saying('echo "land in sight"'))
    await visit(page, `/environments/${environment}/containers?q=${moorings.prefix}&open=${environment}~docker/containers~${name}`)
    const drawer = page.getByRole('dialog', { name })
    const above = async () => {
      const [upper, lower] = [(await drawer.boundingBox())!, (await dock(page).boundingBox())!]
      return Math.round(upper.y + upper.height) <= Math.round(lower.y)
    }
    await expect.poll(above, { message: 'of the closed dock', timeout: 30_000 }).toBe(true)
    await drawer.getByRole('button', { name: 'Logs', exact: true }).click()
    await expect.poll(above, { message: 'of the open one', timeout: 30_000 }).toBe(true)
    await dock(page).getByRole('button', { name: 'Following' }).click()
    await expect(dock(page).getByRole('button', { name: 'Follow', exact: true })).toBeVisible()
  })
})

test.describe('a log goes on', () => {
  test('while one goes elsewhere, and after a reload', async ({ page, moorings, environment }) => {
    const name = await moorings.run('steady', [], ['sh', '-c', 'i=0; while true; do i=$((i + 1)); echo "numbered $i"; sleep 0.2; done'])
    const log = await openLog(page, environment, name)
    await expect.poll(() => lastIn(log)).toBeGreaterThan(2)
    const seen = await lastIn(log)
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Changes', exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Changes' })).toBeVisible()
    await expect.poll(() => lastIn(log), 'it went on meanwhile').toBeGreaterThan(seen)
    const later = await lastIn(log)
    await page.reload()
    await expect.poll(() => lastIn(log), { timeout: 15_000 }).toBeGreaterThan(later)
    const numbers = await numbersIn(log)
    expect(numbers).toEqual(numbers.map((_, i) => i + 1))
    await dock(page)
      .getByRole('button', { name: `Close the log of ${name}` })
      .or(dock(page).getByRole('button', { name: new RegExp(`^Close.*${name}`) }))
      .click()
    await expect(log).toHaveCount(0)
  })

  test('behind a lost network, with no line lost and none twice', async ({ page, context, moorings, environment }) => {
    const sockets: WebSocketRoute[] = []
    await page.routeWebSocket(/\/api\/live/, (socket) => {
      sockets.push(socket)
      socket.connectToServer()
    })
    const script =
      'i=0; while [ $i -lt 60 ]; do i=$((i + 1)); echo "numbered $i"; sleep 0.1; done; while [ ! -e /tmp/go ]; do sleep 0.1; done; while [ $i -lt 400 ]; do i=$((i + 1)); echo "numbered $i"; done'
    const name = await moorings.run('storm', [], saying(script))
    const log = await openLog(page, environment, name)
    await expect.poll(() => lastIn(log)).toBeGreaterThan(19)
    await context.setOffline(true)
    await Promise.all(sockets.splice(0).map((socket) => socket.close({ code: 1001 })))
    await expect(dock(page).getByText('reconnecting').first()).toBeVisible()
    await docker('exec', name, 'touch', '/tmp/go')
    await expect.poll(async () => (await docker('logs', name)).split('\n').length, { timeout: 15_000 }).toBe(400)
    await context.setOffline(false)
    await expect(log.getByText('numbered 400', { exact: true })).toBeInViewport({ timeout: 30_000 })
    expect(await numbersIn(log)).toEqual(Array.from({ length: 400 }, (_, i) => i + 1))
    await expect(dock(page).getByText('Live', { exact: true }).first()).toBeVisible()
  })

  test('over a restart, which is marked', async ({ page, moorings, environment }) => {
    const name = await moorings.run('again', [], saying('echo "watch begins"'))
    const log = await openLog(page, environment, name)
    await expect(log.getByText('watch begins')).toHaveCount(1)
    await docker('restart', '--time', '0', name)
    await expect(log.getByText('Ended', { exact: true })).toBeVisible()
    await expect(log.getByText('exit code 137')).toBeVisible()
    await expect(log.getByText('Started', { exact: true }).last()).toBeVisible()
    await expect(log.getByText('watch begins')).toHaveCount(2)
    await expect(dock(page).getByText('2 lines', { exact: true }), 'a mark is no line').toBeVisible()
    await screenshots(page, 'logs-restart')
    await docker('rm', '--force', name)
    await expect(
      dock(page).getByText('It is gone, or you may not see it any more. What was read stays here until you close the tab.'),
    ).toBeVisible()
    await expect(log.getByText('watch begins')).toHaveCount(2)
  })
})

test('a log in French', async ({ browser, page, moorings, environment }) => {
  const name = await moorings.run('parole', [], saying('echo "terre en vue"'))
  const context = await browser.newContext({ locale: 'fr-FR', storageState: await page.context().storageState() })
  const french = await context.newPage()
  await visit(french, `/environments/${environment}/containers/${name}?tab=logs`)
  await expect(french.getByRole('group', { name: `Journal de ${name}` }).getByText('terre en vue')).toBeVisible()
  await expect(french.getByRole('searchbox', { name: 'Chercher dans le journal' })).toBeVisible()
  await context.close()
})
