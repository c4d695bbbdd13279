import type { Page } from '@playwright/test'
import { randomUUID } from 'node:crypto'
import { startDocker, type TestDocker } from './engines/docker/start.ts'
import { docker, expect, screenshots, test } from './fixtures.ts'
import { connect, forget, harbour } from './fleet.ts'
import { makePerson, signedInAs } from './people.ts'
import { environmentName, portolan } from './portolan.ts'

const quietName = 'quiet-bay'
let quiet: TestDocker

test.skip(() => portolan().dockerSocket === null, 'there is no dockerd here')
test.beforeAll(async () => {
  quiet = await startDocker({ name: 'quiet dockerd' })
})
test.afterAll(async () => {
  await forget(quietName)
  await quiet.stop()
})

const brokenNow = (page: Page) => page.locator('section').filter({ has: page.getByRole('heading', { name: 'Broken now' }) })

test('problems stand worst first, each with where, why and since when', async ({ page }) => {
  await page.goto('/')
  const panel = brokenNow(page)
  const names = ['billing-sync', 'legacy-cron', 'report-builder', 'search-index']
  const healthOf = (name: string) => panel.getByRole('listitem').filter({ has: page.getByRole('link', { name, exact: true }) })
  for (const name of names) await expect(healthOf(name)).toBeVisible()
  const items = await panel.getByRole('listitem').all()
  const words = await Promise.all(items.map((item) => item.getByRole('img').first().getAttribute('aria-label')))
  const rank = words.map((word) => ['Failing', 'Degraded', 'Unknown'].indexOf(word ?? ''))
  expect(rank.length).toBeGreaterThanOrEqual(names.length)
  expect(rank, `worst first: ${words.join(', ')}`).toEqual(rank.toSorted((a, b) => a - b))
  const loop = healthOf('billing-sync')
  await expect(loop).toContainText('ends with exit code 3 and is started again')
  await expect(loop).toContainText(environmentName)
  await expect(loop).toContainText(/since \d\d:\d\d/)
  await expect(healthOf('search-index')).toContainText('The health check failed')
  await expect(healthOf('report-builder')).toContainText('Killed for memory at its limit of 12 MiB')
  expect(await page.locator('main').innerText()).not.toMatch(/\{\w+\}/)
})

test('what breaks appears by itself, and goes when it is gone', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('link', { name: 'billing-sync', exact: true }).first()).toBeVisible()
  await page.evaluate(() => Object.assign(window, { neverReloaded: true }))
  await docker('run', '--detach', '--name', 'home-broken', 'portolan/busybox:1', 'sh', '-c', 'exit 9')
  const broken = brokenNow(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: 'home-broken', exact: true }) })
  await expect(broken).toContainText('exit code 9')
  await docker('rm', 'home-broken')
  await expect(broken).toHaveCount(0)
  expect(await page.evaluate(() => 'neverReloaded' in window), 'all of it without a reload').toBe(true)
})

test('what changed tells of a container that somebody stops in a shell', async ({ page }) => {
  await docker('run', '--detach', '--stop-signal', 'KILL', '--name', 'home-stopped', 'portolan/busybox:1', 'sleep', '1000')
  await page.goto('/')
  const changed = page.locator('section').filter({ has: page.getByRole('heading', { name: 'What changed' }) })
  await expect(changed).toContainText('home-stopped appears')
  await docker('stop', 'home-stopped')
  await expect(changed).toContainText(/home-stopped (stops|ends|starts failing)/)
  await docker('rm', 'home-stopped')
  await expect(changed).toContainText('home-stopped is gone')
})

test('the card of an environment has the figures of its engine', async ({ page }) => {
  const count = async (...args: string[]) => (await docker(...args)).split('\n').filter(Boolean).length
  const containers = await count('ps', '--all', '--quiet')
  const volumes = await count('volume', 'ls', '--quiet')
  const networks = await count('network', 'ls', '--quiet')
  await page.goto('/')
  const card = page.getByRole('article').filter({ hasText: environmentName })
  await expect(card).toContainText(/docker 20\.10/i)
  await expect(card).toContainText('Live')
  await expect(card.getByRole('link', { name: `${containers} containers` })).toBeVisible()
  await expect(card.getByRole('link', { name: `${volumes} volumes` })).toBeVisible()
  await expect(card.getByRole('link', { name: `${networks} networks` })).toBeVisible()
  await card.getByRole('link', { name: `${containers} containers` }).click()
  await expect(page).toHaveURL(/\/environments\/\d+\/containers$/)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})

test('what somebody set off says after what it came, in full', async ({ page }) => {
  await docker('create', '--name', 'home-after', 'portolan/busybox:1', 'sh', '-c', 'exit 4')
  const { id } = await harbour()
  const path = `/api/environments/${id}/containers/home-after`
  await expect.poll(async () => (await page.request.get(path)).status()).toBe(200)
  const { rows } = (await (await page.request.get(path)).json()) as { rows: { uid: string }[] }
  await page.goto('/')
  const started = await page.request.post(`${path}/actions/start`, {
    data: { input: {}, uid: rows[0]?.uid },
    headers: { origin: portolan().url, 'idempotency-key': randomUUID() },
  })
  expect(started.ok()).toBe(true)
  const line = page.getByRole('listitem').filter({ hasText: 'home-after starts failing' })
  const after = line.getByText('after Start', { exact: true })
  await expect(after).toHaveAttribute('title', 'after Start by Ada Lovelace')
  expect(await after.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0)
  await docker('rm', 'home-after')
})

test('an environment tells what its machine has and what of it is in use', async ({ page }) => {
  const cores = await docker('info', '--format', '{{.NCPU}}')
  const types = await docker('system', 'df', '--format', '{{.Type}} {{.Size}}')
  const [, size, unit] = /Images ([\d.]+)([kMG]B)/.exec(types)!
  await page.goto('/')
  const card = page.getByRole('article').filter({ hasText: environmentName })
  await expect(card.getByText(/Measured/)).toBeVisible({ timeout: 30_000 })
  await expect(card).toContainText(new RegExp(`[\\d.]+ of ${cores} cores`))
  await expect(card).toContainText(/[\d.]+\sMiB of [\d.]+\sGiB/)
  await expect(card, 'as docker system df counts it').toContainText(`Images ${Number(Number(size).toPrecision(3))}\u00a0${unit}`)
  await expect(card).toContainText('can be reclaimed')
  await screenshots(page, 'home-in-use')
})

test('where nothing fails, a sentence says so', async ({ browser }) => {
  await quiet.docker(['run', '--detach', '--name', 'calm', '--stop-signal', 'KILL', 'portolan/busybox:1', 'sleep', '1000'])
  const id = await connect(quiet, quietName)
  const context = await signedInAs(browser, await makePerson({ name: 'Blaise', role: 'viewer', environment: id }))
  const page = await context.newPage()
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Nothing is failing')
  await expect(page.getByText('Whatever fails or comes close to it will stand here')).toBeVisible()
  await expect(page.getByText('billing-sync'), 'what is not theirs to see').toHaveCount(0)
  await expect(page.getByRole('article')).toHaveCount(1)
  await context.close()
})
