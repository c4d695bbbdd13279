import type { Page } from '@playwright/test'
import { expect, test, visit } from './harbour.ts'

const help = (page: Page) => page.getByRole('dialog', { name: 'All keys' })
const row = (page: Page, group: string, words: string) =>
  help(page).getByRole('region', { name: group }).getByText(words, { exact: true }).locator('../..')

test('places have two keys, and help lists every key of the page', async ({ page, environment }) => {
  await visit(page, '/')
  for (const [keys, path] of [
    ['ge', /\/environments$/],
    ['gi', /\/inventory\/instance$/],
    ['gc', /\/changes$/],
    ['gh', /:\d+\/$/],
  ] as const) {
    await page.keyboard.type(keys)
    await expect(page).toHaveURL(path)
  }
  await visit(page, `/environments/${environment}/containers`)
  await page.keyboard.press('?')
  for (const [words, keys] of [
    ['Home', 'GH'],
    ['Environments', 'GE'],
    ['Inventory', 'GI'],
    ['Changes', 'GC'],
    ['Show all keys', '?'],
  ] as const)
    await expect(row(page, 'Everywhere', words), words).toContainText(keys)
  for (const [words, keys] of [
    ['next row', 'J'],
    ['row before', 'K'],
    ['select', 'X'],
    ['open', '↵'],
    ['drawer', 'O'],
    ['logs', 'L'],
    ['filter', '/'],
  ] as const)
    await expect(row(page, 'On this page', words), words).toContainText(keys)
  await expect(row(page, 'In the dock', 'Open or close the dock')).toContainText('Ctrl`')
})

test('single keys can be switched off where they are listed, and the rest goes on', async ({ page }) => {
  await visit(page, '/')
  await page.keyboard.press('?')
  const single = help(page).getByRole('checkbox')
  await single.uncheck()
  await page.keyboard.press('Escape')
  await expect(help(page)).toHaveCount(0)
  await page.keyboard.type('?ge')
  // What comes behind them in the same queue has happened: so would they have.
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(help(page)).toHaveCount(0)
  await expect(page).toHaveURL(/:\d+\/$/)

  await page.getByRole('button', { name: 'All keys' }).click()
  await single.check()
  await page.keyboard.press('Escape')
  await page.keyboard.type('ge')
  await expect(page).toHaveURL(/\/environments$/)
})
