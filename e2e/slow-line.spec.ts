import type { Page } from '@playwright/test'
import { holdScripts } from './fixtures.ts'
import { expect, namesIn, rowOf, test } from './harbour.ts'

/** A page without scripts shows what was known when it was made. */
const areKnown = (page: Page, prefix: string, count: number) =>
  expect
    .poll(async () => {
      const answer = await page.request.get(`/api/resources?kind=docker/containers&q=${prefix}`)
      return ((await answer.json()) as { rows: unknown[] }).rows.length
    })
    .toBe(count)

/** Opens a page whose scripts do not come before they are let. Answers what lets them. */
async function openWithoutScripts(page: Page, path: string): Promise<() => void> {
  const release = await holdScripts(page)
  await page.goto(path, { waitUntil: 'commit' })
  return release
}

test.describe('before the scripts came', () => {
  test('a list is there with its rows and true figures, and what was clicked and typed happens when they came', async ({
    page,
    moorings,
    environment,
  }) => {
    const { prefix } = moorings
    for (const name of ['a', 'b', 'c']) await moorings.run(name)
    await areKnown(page, prefix, 3)
    const bring = await openWithoutScripts(page, `/environments/${environment}/containers?q=${prefix}&sort=name`)
    await expect(namesIn(page)).toHaveCount(3)
    await expect(page.getByText(/^3 in all|^3, from/)).toBeVisible()
    const filter = page.getByRole('searchbox', { name: 'Filter containers' })
    await filter.press('End')
    await filter.pressSequentially('-b')
    await page.getByRole('button', { name: 'Columns' }).click()
    await expect(page.getByText('Columns of this view')).toHaveCount(0)
    bring()
    await expect(page.getByText('Columns of this view')).toBeVisible()
    await expect(filter).toHaveValue(`${prefix}-b`)
    await expect(namesIn(page)).toHaveText([`${prefix}-b`])
    await expect(page.getByText(/1–1\s*of 1, from/)).toBeVisible()
  })

  test('a key that was pressed does what it does', async ({ page, moorings, environment }) => {
    const { prefix } = moorings
    for (const name of ['a', 'b']) await moorings.run(name)
    await areKnown(page, prefix, 2)
    const bring = await openWithoutScripts(page, `/environments/${environment}/containers?q=${prefix}&sort=name`)
    await expect(namesIn(page)).toHaveCount(2)
    await page.keyboard.press('j')
    bring()
    await expect(rowOf(page, `${prefix}-b`)).toBeFocused()
  })

  test('nothing typed into the form of sign-in gets into the address', async ({ browser }) => {
    const context = await browser.newContext({ storageState: { cookies: [], origins: [] } })
    const page = await context.newPage()
    const bring = await openWithoutScripts(page, '/sign-in')
    await page.getByRole('textbox', { name: 'Password' }).fill('never shown')
    await page.getByRole('textbox', { name: 'Password' }).press('Enter')
    bring()
    await expect(page.getByText('Type the account you sign in with.'), 'the page itself looked at it').toBeVisible()
    expect(page.url()).not.toContain('never')
    await context.close()
  })

  test('what was chosen is chosen', async ({ page }) => {
    const bring = await openWithoutScripts(page, '/settings')
    const language = page.getByLabel('Language', { exact: true })
    await language.focus()
    await page.keyboard.press('F')
    await expect(language).toHaveValue('fr')
    await page.getByRole('button', { name: 'Save' }).click()
    const saved = page.waitForRequest((request) => request.url().endsWith('/api/me') && request.method() === 'PATCH')
    await page.route('**/api/me', (route) => route.abort())
    bring()
    expect((await saved).postDataJSON()).toMatchObject({ language: 'fr' })
  })
})

test('a script that does not come is asked for again with its page', async ({ page, environment }) => {
  let lost = 0
  await page.route('**/_next/static/chunks/*.js', (route) => (lost++ === 0 ? route.abort('internetdisconnected') : route.continue()))
  await page.goto(`/environments/${environment}/containers`, { waitUntil: 'commit' })
  await page.waitForFunction(() => performance.getEntriesByType('navigation')[0]!.toJSON().type === 'reload')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
})
