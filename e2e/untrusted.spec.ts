import type { Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dump } from './database.ts'
import { sampleSecret } from './engines/docker/sample.ts'
import { docker, expect, test } from './fixtures.ts'
import { harbour } from './fleet.ts'
import { portolan } from './portolan.ts'

test.skip(() => portolan().dockerSocket === null, 'there is no dockerd here')

test('what an engine says is text and nothing else', async ({ page }) => {
  const name = 'hostile'
  const labels = {
    script: `<script>window.pwned=1</script><img src=x onerror="window.pwned=2">`,
    link: `javascript:window.pwned=3`,
    ansi: `\u001b[31mred\u001b[0m\u0007`,
    rtl: `\u202Eright to left \u05D0\u05D1\u05D2`,
    long: 'x'.repeat(20_000),
  }
  const flags = Object.entries(labels).flatMap(([key, value]) => ['--label', `hostile.${key}=${value}`])
  // As the project and service of a compose file they stand in columns and facets too.
  const compose = [
    '--label',
    `com.docker.compose.project=${labels.script}`,
    '--label',
    `com.docker.compose.service=${labels.long.slice(0, 2_000)}`,
  ]
  await docker('run', '--detach', '--stop-signal', 'KILL', '--name', name, ...flags, ...compose, 'portolan/busybox:1', 'sleep', '1000')
  const { id } = await harbour()
  await expect.poll(async () => (await page.request.get(`/api/environments/${id}/containers/${name}`)).status()).toBe(200)
  const paths = [
    `/environments/${id}/containers?q=${name}`,
    `/environments/${id}/containers/${name}`,
    `/environments/${id}/containers/${name}?tab=document`,
    '/',
    '/changes',
    `/inventory/instance?q=${name}`,
  ]
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(viewport)
    for (const path of paths) {
      await page.goto(path)
      await expect(page.getByText(name).first()).toBeAttached()
      expect(await page.evaluate(() => 'pwned' in window), path).toBe(false)
      expect(await page.locator('a[href^="javascript:"], img[src="x"]').count(), path).toBe(0)
      const { scroll, width } = await page.evaluate(() => ({
        scroll: document.scrollingElement!.scrollWidth,
        width: document.documentElement.clientWidth,
      }))
      expect(scroll, `${path} at ${viewport.width} px`).toBeLessThanOrEqual(width)
    }
  }
  await docker('rm', '--force', name)
})

/** All that a browser is sent, pages, answers and frames of the socket, as text. */
async function everythingSentTo(page: Page, visit: () => Promise<void>): Promise<string> {
  const texts: string[] = []
  const bodies: Promise<void>[] = []
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => void texts.push(payload.toString())))
  page.on('response', (response) => {
    const type = response.headers()['content-type'] ?? ''
    if (!/html|json|text\/(?!javascript|css)/.test(type)) return
    bodies.push(
      response.text().then(
        (text) => void texts.push(text),
        // A page that was left takes its answers with it.
        () => undefined,
      ),
    )
  })
  await visit()
  await Promise.all(bodies)
  return texts.join('\n')
}

test('a secret of a container is found nowhere', async ({ page }) => {
  test.setTimeout(90_000)
  const { id } = await harbour()
  const detail = `/environments/${id}/containers/shop-db-1`
  expect(await docker('inspect', 'shop-db-1'), 'it is there to be found').toContain(sampleSecret)
  const shown: string[] = []
  const paths = [
    '/',
    '/inventory/instance',
    `/environments/${id}`,
    `/environments/${id}/containers`,
    detail,
    `${detail}?tab=document`,
    `${detail}?tab=timeline`,
    '/changes',
  ]
  const sent = await everythingSentTo(page, async () => {
    for (const path of paths) {
      await page.goto(path)
      await expect(page.getByRole('heading').first()).toBeVisible()
      // Something happens to it, so that the socket carries it too.
      if (path.endsWith('/containers')) {
        await docker('restart', '--time', '0', 'shop-db-1')
        await expect(page.getByRole('row').filter({ hasText: 'shop-db-1' })).toContainText('Running')
      }
      shown.push(await page.content())
    }
  })
  const answers = [
    `/api${detail}`,
    `/api${detail}/timeline`,
    '/api/resources?category=instance',
    '/api/resources/export?category=instance',
    `/api/search?q=shop-db`,
    '/api/changes',
    '/api/home',
    '/api/activities',
    '/api/metrics',
  ]
  for (const path of answers) {
    const response = await page.request.get(path)
    expect(response.status(), path).toBeLessThan(500)
    shown.push(await response.text())
  }
  const found = (await page.request.get(`/api/search?q=${sampleSecret}`)).json() as Promise<{ hits: unknown[] }>
  expect((await found).hits, 'a search for it').toEqual([])
  // The search itself is not looked through: its address has the secret that it was asked for.
  expect(sent.length).toBeGreaterThan(10_000)
  expect(sent.includes('shop-db-1'), 'what was sent was seen').toBe(true)
  expect(sent.includes(sampleSecret), 'in what was sent').toBe(false)
  expect(shown.join('\n').includes(sampleSecret), 'on a page or in an answer').toBe(false)
  const stored = await dump()
  expect(stored.includes('shop-db-1'), 'the dump is one').toBe(true)
  expect(stored.includes(sampleSecret), 'in the database').toBe(false)
  const log = await readFile(join(import.meta.dirname, '../test-results/portolan.log'), 'utf8')
  expect(log.includes(sampleSecret), 'in the log').toBe(false)
})
