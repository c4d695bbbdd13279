import type { APIRequestContext, Locator, Page } from '@playwright/test'
import { docker, rowOf } from './harbour.ts'

/** What the engine says of a container: `running`, `exited`, … */
export const stateOf = (name: string) => docker('inspect', '--format', '{{.State.Status}}', name)

export const toast = (page: Page, text: string) => page.getByRole('region', { name: 'Notifications' }).getByText(text)

/** The dialog that asks. Toasts are dialogs too, but hold nobody up. */
export const dialog = (page: Page): Locator => page.getByRole('dialog').or(page.getByRole('alertdialog')).and(page.locator('[data-modal]'))

export const confirm = (page: Page, label: string) => dialog(page).getByRole('button', { name: label, exact: true }).click()

/** Opens the menu of a row. */
export async function menuOf(page: Page, name: string): Promise<void> {
  await rowOf(page, name).hover()
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
}

/** Chooses an action of a row from its menu. */
export async function choose(page: Page, name: string, action: string): Promise<void> {
  await menuOf(page, name)
  await page.getByRole('menuitem', { name: new RegExp(`^${action}…?$`) }).click()
  // The pointer holds the order of the rows still; it goes where it holds nothing.
  await page.mouse.move(700, 5)
}

interface WrittenDown {
  verb: string
  outcome: string
  why: string | null
  key: string | null
}

/** What Portolan wrote down about a thing, newest first. */
export async function activitiesOf(request: APIRequestContext, key: string): Promise<WrittenDown[]> {
  const { rows } = (await (await request.get('/api/activities?limit=1000')).json()) as { rows: WrittenDown[] }
  return rows.filter((row) => row.key === key)
}
