import type { APIRequestContext } from '@playwright/test'
import { randomUUID } from 'node:crypto'
import { docker, expect, test } from './fixtures.ts'
import { harbour } from './fleet.ts'
import { administratorsApi, makePerson, signedInAs } from './people.ts'
import { account, portolan } from './portolan.ts'

const target = `changes-${randomUUID().slice(0, 8)}`
let api: APIRequestContext

test.skip(() => portolan().dockerSocket === null, 'there is no dockerd here')

/** Acts through the API and answers how it ended. */
async function act(as: APIRequestContext, action: string, input: unknown = {}): Promise<string> {
  const { id } = await harbour()
  const path = `/api/environments/${id}/containers/${target}`
  const { rows } = (await (await as.get(path)).json()) as { rows: { uid: string }[] }
  const response = await as.post(`${path}/actions/${action}`, {
    data: { input, uid: rows[0]?.uid },
    headers: { origin: portolan().url, 'idempotency-key': randomUUID() },
  })
  return ((await response.json()) as { outcome: string }).outcome
}

test.beforeAll(async ({ browser }) => {
  api = await administratorsApi()
  await docker('run', '--detach', '--stop-signal', 'KILL', '--name', target, 'portolan/busybox:1', 'sleep', '1000')
  const { id } = await harbour()
  await expect.poll(async () => (await api.get(`/api/environments/${id}/containers/${target}`)).status()).toBe(200)
  expect(await act(api, 'pause')).toBe('succeeded')
  const context = await signedInAs(browser, await makePerson({ name: 'Grace Hopper', role: 'operator' }))
  expect(await act(context.request, 'unpause')).toBe('succeeded')
  // The engine refuses: that name is taken. A failure with the engine's own words.
  expect(await act(context.request, 'rename', { name: 'shop-web-1' })).toBe('failed')
  await context.close()
})
test.afterAll(async () => {
  await docker('rm', '--force', target)
  await api.dispose()
})

test('are filtered by text, outcome and who, all of it in the address', async ({ page }) => {
  await page.goto('/changes')
  const lines = page.locator('main').getByRole('listitem')
  await page.getByLabel('Find in changes').fill(target)
  await expect(page).toHaveURL(new RegExp(`q=${target}`))
  await expect(lines.filter({ hasText: `Pause ${target}` }).first()).toContainText('Done')
  await expect(lines.filter({ hasText: 'legacy-cron' })).toHaveCount(0)

  await page.getByLabel('Who').selectOption('Grace Hopper')
  await expect(lines.filter({ hasText: `Unpause ${target}` })).toHaveCount(1)
  await expect(lines.filter({ hasText: new RegExp(`Pause ${target}`) }).filter({ hasText: account.name })).toHaveCount(0)

  await page.getByLabel('Outcome').selectOption('failed')
  await expect(page).toHaveURL(/outcome=failed/)
  await expect(lines.filter({ hasText: `Rename ${target}` })).toHaveCount(1)
  await expect(lines.filter({ hasText: `Unpause ${target}` })).toHaveCount(0)

  await page.reload()
  await expect(lines.filter({ hasText: `Rename ${target}` }), 'the address says it all').toHaveCount(1)
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(page).toHaveURL(/\/changes$/)
  await expect(lines.filter({ hasText: `Unpause ${target}` }).first()).toBeVisible()
})

test('unfold to what was asked for and what went wrong', async ({ page }) => {
  await page.goto(`/changes?q=${target}&outcome=failed`)
  const line = page
    .locator('main')
    .getByRole('listitem')
    .filter({ hasText: `Rename ${target}` })
  await expect(line).toContainText('Failed')
  await expect(line).toContainText('Grace Hopper')
  await line.getByRole('button', { name: /^Show details of Rename/ }).click()
  await expect(line.getByText('What went wrong')).toBeVisible()
  await expect(line, "in Docker's own words").toContainText('already in use')
  await expect(line.getByText('Asked for')).toBeVisible()
  await expect(line).toContainText('shop-web-1')
})

test('show what was seen to become different, live', async ({ page }) => {
  await page.goto(`/changes?q=changes-fleeting`)
  await expect(page.getByText('Nothing matches.')).toBeVisible()
  await docker('create', '--name', 'changes-fleeting', 'portolan/busybox:1')
  await expect(page.getByText('changes-fleeting appears').first()).toBeVisible()
  await docker('rm', 'changes-fleeting')
  await expect(page.getByText('changes-fleeting is gone').first()).toBeVisible()
  await expect(page.locator('main'), 'what was done in a shell did not happen by itself').not.toContainText('by itself')
  await expect(page.getByText('seen on the engine').first()).toBeVisible()
})

test('filtered to nothing, there is a way out', async ({ page }) => {
  await page.goto('/changes?q=no-such-thing')
  await expect(page.getByText('No change fits these filters.')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).first().click()
  await expect(page.locator('main').getByRole('listitem').first()).toBeVisible()
})
