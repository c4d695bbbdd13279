import type { Browser, BrowserContext, Page } from '@playwright/test'
import { docker, expect, test, visit } from './harbour.ts'
import { makePerson, signedInAs, trySignIn, type Person } from './people.ts'
import { environmentName, portolan } from './portolan.ts'

const nobody = (browser: Browser): Promise<BrowserContext> =>
  browser.newContext({ baseURL: portolan().url, storageState: { cookies: [], origins: [] }, viewport: { width: 1440, height: 900 } })
const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })
const account = (name: string) => `${name.toLowerCase()}-${crypto.randomUUID().slice(0, 8)}`

/** The administrator changes somebody on the screen, on the page of that person. */
async function openPerson(page: Page, { login, name }: Person): Promise<void> {
  await visit(page, '/settings/people')
  await page.getByRole('searchbox', { name: 'Find by name or account' }).fill(login)
  await row(page, login).getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { level: 2, name })).toBeVisible()
}

test('somebody is invited, chooses a password behind the link, and sees what they were given', async ({ page, browser, environment }) => {
  const login = account('Amelia')
  await visit(page, '/settings/people')
  await page.getByRole('link', { name: 'Invite' }).click()
  await page.getByRole('button', { name: 'Make the invitation' }).click()
  await expect(page.getByText('Type a name.')).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill('Amelia Earhart')
  await page.getByLabel('Account', { exact: true }).fill(login)
  await page.getByLabel('Role', { exact: true }).selectOption('Deployer')
  await page.getByLabel('Where', { exact: true }).selectOption(environmentName)
  await expect(page.getByText(`Sees everything on ${environmentName} and reads its logs. Starts, stops and restarts.`)).toBeVisible()
  await page.getByLabel('Only in namespaces').fill('shop, billing')
  await expect(page.getByText(`This shows nothing: ${environmentName} has no namespaces`)).toBeVisible()
  await page.getByLabel('Only in namespaces').fill('')
  await page.getByRole('button', { name: 'Make the invitation' }).click()
  const link = await page.getByLabel('One-time link').inputValue()
  await expect(page.getByText(/Works once, until \d{4}-\d\d-\d\d \d\d:\d\d UTC/)).toBeVisible()
  await page.getByRole('link', { name: 'Done' }).click()
  await expect(row(page, login)).toContainText('Invited')

  const context = await nobody(browser)
  const theirs = await context.newPage()
  await theirs.goto(link)
  await expect(theirs.getByRole('heading', { name: 'Welcome, Amelia Earhart' })).toBeVisible()
  await theirs.getByLabel('Password', { exact: true }).fill('short')
  await theirs.getByRole('button', { name: 'Set the password and sign in' }).click()
  await expect(theirs.getByText('Has 5 characters, needs 10.')).toBeVisible()
  await theirs.getByLabel('Password', { exact: true }).fill('over the wide sea')
  await theirs.getByRole('button', { name: 'Set the password and sign in' }).click()
  await expect(theirs.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await theirs.goto('/settings')
  await expect(theirs.getByText(`Deployer in ${environmentName}`)).toBeVisible()
  await theirs.goto('/settings/people')
  await expect(theirs.getByText(/This needs the role Administrator/)).toBeVisible()
  expect((await context.request.get(`/api/environments/${environment}`)).status()).toBe(200)
  await expect(row(page, login), 'the list follows').toContainText('Active')

  const second = await nobody(browser)
  const late = await second.newPage()
  await late.goto(link)
  await expect(late.getByRole('heading', { name: 'This link does not work any more' })).toBeVisible()
  await visit(page, '/changes')
  await expect(page.getByText(`Give Amelia Earhart Deployer on ${environmentName}`).first()).toBeVisible()
  await context.close()
  await second.close()
})

test('who is narrowed loses an open list and an open log within 5 s, and reads why', async ({
  page,
  browser,
  moorings,
  environment: id,
}) => {
  const name = await moorings.run('watched', [], ['sh', '-c', 'i=0; while true; do i=$((i + 1)); echo "tide $i"; sleep 0.2; done'])
  const person = await makePerson({ name: 'Yuri', role: 'viewer' })
  const context = await signedInAs(browser, person)
  const [list, log] = [await context.newPage(), await context.newPage()]
  await visit(list, `/environments/${id}/containers`)
  await expect(row(list, name)).toBeVisible()
  await visit(log, `/environments/${id}/containers/${name}`)
  await log.getByRole('main').getByRole('button', { name: 'Logs', exact: true }).click()
  await expect(log.getByText(/^tide \d+$/).first()).toBeVisible()

  await openPerson(page, person)
  await page.getByLabel('Where', { exact: true }).selectOption(environmentName)
  await page.getByLabel('Only in namespaces').fill('elsewhere')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('is saved')).toBeVisible()
  for (const one of [list, log]) await expect(one.getByText('Your rights were changed.'), 'why').toBeVisible({ timeout: 5_000 })
  await expect(row(list, name)).toHaveCount(0, { timeout: 5_000 })
  await expect(list.getByText('You may not list containers here.')).toBeVisible()
  await expect(log.getByText(`There is no ${name} here.`)).toBeVisible({ timeout: 5_000 })
  // The stream has ended, and not just paused: nothing comes of a container that says five lines a second.
  const last = () =>
    log
      .getByText(/^tide \d+$/)
      .last()
      .textContent()
  const ended = await last()
  await docker('exec', name, 'true')
  await expect(
    log
      .getByRole('region', { name: 'Dock' })
      .getByText(/gone|may not know/i)
      .first(),
  ).toBeVisible()
  expect(await last()).toBe(ended)
  expect((await context.request.get(`/api/environments/${id}/containers/${name}`)).status()).toBe(404)
  await context.close()
})

test('who is disabled is out within 5 s, in the words of any wrong password, and may come back', async ({ page, browser, request }) => {
  const person = await makePerson({ name: 'Valentina', role: 'operator' })
  const context = await signedInAs(browser, person)
  const theirs = await context.newPage()
  await visit(theirs, '/changes')
  await openPerson(page, person)
  await page.getByRole('button', { name: 'Disable', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Cancel' }), 'opens on the way out').toBeFocused()
  await page.getByRole('button', { name: 'Disable, end 1 session' }).click()
  await expect(theirs, 'without touching it').toHaveURL(/\/sign-in/, { timeout: 5_000 })
  const refused = (await trySignIn(request, person.login, person.password)).searchParams.get('error')
  const wrong = (await trySignIn(request, account('nobody'), person.password)).searchParams.get('error')
  expect(refused).toBe(wrong)
  await page.getByRole('button', { name: 'Enable', exact: true }).click()
  await expect(page.getByText('is enabled')).toBeVisible()
  expect((await context.request.get('/api/me')).status(), 'the old session stays ended').toBe(401)
  expect((await trySignIn(request, person.login, person.password)).searchParams.has('error')).toBe(false)
  await context.close()
})

test('a reset ends the old password and its sessions when the link is used, not before', async ({ page, browser, request }) => {
  const person = await makePerson({ name: 'Bessie', role: 'viewer' })
  const context = await signedInAs(browser, person)
  await openPerson(page, person)
  await page.getByRole('button', { name: 'Reset the password' }).click()
  const link = await page.getByLabel('One-time link').inputValue()
  await page.getByRole('button', { name: 'Done' }).click()
  expect((await context.request.get('/api/me')).status(), 'before').toBe(200)
  const other = await nobody(browser)
  const theirs = await other.newPage()
  await theirs.goto(link)
  await theirs.getByLabel('Password', { exact: true }).fill('another way around')
  await theirs.getByRole('button', { name: 'Set the password and sign in' }).click()
  await expect(theirs.getByRole('navigation', { name: 'Main' })).toBeVisible()
  expect((await context.request.get('/api/me')).status(), 'after').toBe(401)
  expect((await trySignIn(request, person.login, person.password)).searchParams.get('error')).toContain('unauthenticated')
  await context.close()
  await other.close()
})

test('nobody locks themselves out, and a removed person is still named by what they did', async ({ page, browser }) => {
  const person = await makePerson({ name: 'Jeanne Baret', role: 'administrator' })
  const context = await signedInAs(browser, person)
  const theirs = await context.newPage()
  await visit(theirs, `/settings/people/${person.id}`)
  await expect(theirs.getByRole('button', { name: 'Disable' })).toHaveAttribute('aria-disabled', 'true')
  await expect(theirs.getByRole('button', { name: 'Remove', exact: true })).toHaveAttribute('aria-disabled', 'true')
  await theirs.getByLabel('Role', { exact: true }).selectOption('Operator')
  await theirs.getByRole('button', { name: 'Save' }).click()
  await expect(theirs.getByText('You would lock yourself out.').first()).toBeVisible()

  await openPerson(page, person)
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  const confirm = page.getByRole('button', { name: 'Remove Jeanne Baret' })
  await expect(confirm).toHaveAttribute('aria-disabled', 'true')
  await page.getByLabel(`Type ${person.login} to go on`).fill(person.login)
  await confirm.click()
  await expect(page).toHaveURL(/\/settings\/people$/)
  await expect(theirs).toHaveURL(/\/sign-in/)
  const { rows } = (await (await page.request.get('/api/changes?who=Jeanne%20Baret')).json()) as { rows: { activity?: { verb: string } }[] }
  expect(rows.map(({ activity }) => activity?.verb)).toContain('person.revoke')
  await context.close()
})
