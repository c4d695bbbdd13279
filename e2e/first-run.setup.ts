import { startSample } from './engines/docker/sample.ts'
import { docker, expect, holdScripts, screenshots, test } from './fixtures.ts'
import { account, environmentName, portolan, signedIn } from './portolan.ts'

// Everything else needs an administrator and a connected engine, so this runs first and leaves its session behind.
test('from the one-time link to a connected engine', async ({ page, context }) => {
  test.setTimeout(120_000)
  await startSample({ docker: (args) => docker(...args) })

  const release = await holdScripts(page)
  await page.goto(portolan().setupLink, { waitUntil: 'commit' })
  // Before the page listens: what is typed by then counts as well.
  await page.getByLabel('Your name').fill(account.name)
  release()
  await screenshots(page, 'setup')
  await page.getByLabel('Account').fill(account.login)
  await page.getByLabel('Password', { exact: true }).fill('short')
  await page.getByRole('button', { name: 'Make the account' }).click()
  await expect(page, 'a short password goes nowhere').toHaveURL(/\/setup/)
  await page.getByLabel('Password', { exact: true }).fill(account.password)
  await page.getByRole('button', { name: 'Make the account' }).click()

  await expect(page).toHaveURL(/\/welcome$/)
  // Looking asks every socket of this machine: a busy one takes its time.
  await expect(page.getByText('Docker 20.10').first()).toBeVisible({ timeout: 30_000 })
  await screenshots(page, 'welcome')
  await page.getByRole('textbox', { name: /name/i }).first().fill(environmentName)
  await page.getByRole('button', { name: /^Connect/ }).click()
  await page
    .getByRole('link', { name: 'Open Portolan' })
    .or(page.getByRole('button', { name: 'Open Portolan' }))
    .click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('failing')
  await context.storageState({ path: signedIn })
})

test('the one-time link works once', async ({ page }) => {
  await page.goto(portolan().setupLink)
  await expect(page.getByRole('button', { name: 'Make the account' })).toHaveCount(0)
})
