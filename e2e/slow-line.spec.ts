import type { Page } from '@playwright/test'
import { holdScripts } from './fixtures.ts'
import { expect, namesIn, rowOf, test } from './harbour.ts'

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
})
