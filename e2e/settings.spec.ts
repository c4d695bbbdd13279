import { expect, test } from './fixtures.ts'
import { makePerson, signedInAs, trySignIn } from './people.ts'
import { portolan } from './portolan.ts'

test('the language changes at once, and back', async ({ browser }) => {
  const context = await signedInAs(browser, await makePerson({ name: 'Marie', role: 'viewer' }))
  const page = await context.newPage()
  await page.goto('/settings')
  await page.getByLabel('Language', { exact: true }).selectOption('fr')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Réglages' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr')
  await page.goto('/changes')
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr')
  await page.goto('/settings')
  await page.getByLabel('Langue', { exact: true }).selectOption('en')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await context.close()
})

test('the theme is chosen, follows its person into another browser, and is left to the system again', async ({ browser }) => {
  const person = await makePerson({ name: 'Iris', role: 'viewer' })
  const [context, elsewhere] = [await signedInAs(browser, person), await signedInAs(browser, person)]
  const [page, other] = [await context.newPage(), await elsewhere.newPage()]
  await page.emulateMedia({ colorScheme: 'light' })
  await other.emulateMedia({ colorScheme: 'light' })
  await page.goto('/settings')
  const html = page.locator('html')
  const saved = page.waitForResponse((response) => response.url().endsWith('/api/me') && response.request().method() === 'PATCH')
  await page.getByRole('button', { name: 'Dark', exact: true }).click()
  await saved
  await expect(html).toHaveAttribute('data-theme', 'dark')
  await page.reload()
  await expect(html).toHaveAttribute('data-theme', 'dark')
  await other.goto('/')
  await expect(other.locator('html')).toHaveAttribute('data-theme', 'dark')
  const kept = page.waitForResponse((response) => response.url().endsWith('/api/me') && response.request().method() === 'PATCH')
  await page.getByRole('button', { name: 'As the system' }).click()
  await expect(html).toHaveAttribute('data-theme', 'light')
  await kept
  await other.reload()
  await expect(other.locator('html')).toHaveAttribute('data-theme', 'light')
  await context.close()
  await elsewhere.close()
})

test('the password changes only with the present one, and ends the other sessions', async ({ browser, request }) => {
  const person = await makePerson({ name: 'Sophie', role: 'viewer' })
  const [context, other] = [await signedInAs(browser, person), await signedInAs(browser, person)]
  const page = await context.newPage()
  await page.goto('/settings')
  await page.getByLabel('Present password').fill('not this one')
  await page.getByLabel('New password').fill('a second lamp')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('The present password is not right.')).toBeVisible()
  await page.getByLabel('Present password').fill(person.password)
  await page.getByLabel('New password').fill('short')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('Shorter than 10 characters')).toBeVisible()
  await page.getByLabel('New password').fill('a second lamp')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('The password is changed')).toBeVisible()
  expect((await other.request.get('/api/me')).status(), 'the other session').toBe(401)
  expect((await context.request.get('/api/me')).status(), 'this session').toBe(200)
  expect((await trySignIn(request, person.login, person.password)).searchParams.get('error')).toContain('unauthenticated')
  await context.close()
  await other.close()
})

test('sessions are listed, and one that is ended is signed out by itself', async ({ browser }) => {
  const person = await makePerson({ name: 'Emmy', role: 'viewer' })
  const [here, there] = [await signedInAs(browser, person), await signedInAs(browser, person)]
  const [page, victim] = [await here.newPage(), await there.newPage()]
  await victim.goto('/')
  await expect(victim.getByRole('heading', { level: 1 })).toBeVisible()
  await page.goto('/settings/sessions')
  const rows = page.locator('main').getByRole('listitem')
  await expect(rows).toHaveCount(2)
  await expect(rows.filter({ hasText: 'This one' })).toHaveCount(1)
  await expect(rows.first()).toContainText(/Chrome on \w+ ?from 127\.0\.0\.1/)
  await page.getByRole('button', { name: /^End the session/ }).click()
  await expect(rows).toHaveCount(1)
  await expect(victim, 'without touching it').toHaveURL(/\/sign-in/)
  expect((await there.request.get('/api/me')).status()).toBe(401)
  await here.close()
  await there.close()
})

test('says what it is', async ({ page }) => {
  await page.goto('/settings/about')
  await expect(page.getByText('Apache License 2.0')).toBeVisible()
  await expect(page.getByText(portolan().dockerSocket ? 'Docker' : 'Portolan').first()).toBeVisible()
})
