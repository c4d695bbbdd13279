import type { BrowserContext, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { desktop, look } from './look.ts'
import { startOrganisation, type Organisation } from './oidc.ts'
import { environmentName, portolan, signedIn } from './portolan.ts'

test.skip(() => portolan().dockerSocket === null, 'there is no dockerd here')
// Most of it is axe, which takes its time on a busy machine.
test.describe.configure({ timeout: 120_000 })
test.use({ storageState: { cookies: [], origins: [] } })

let organisation: Organisation
test.beforeAll(async () => {
  organisation = await startOrganisation()
})
test.afterAll(() => organisation.end())

const at = (path: string) => `${organisation.url}${path}`
const button = (page: Page) => page.getByRole('link', { name: 'Sign in with Lighthouse' })
const heading = (page: Page) => page.getByRole('heading', { name: 'Sign in' })

/** Somebody whom nobody else knows, at the provider. */
function account(...groups: string[]): { subject: string; name: string } {
  const subject = `s-${crypto.randomUUID().slice(0, 8)}`
  organisation.provider.accounts.set(subject, { name: 'Grace Hopper', login: `grace-${subject}`, groups })
  return { subject, name: 'Grace Hopper' }
}
const regroup = (subject: string, ...groups: string[]) => {
  organisation.provider.accounts.get(subject)!.groups = groups
}

/** What is typed at the provider. */
async function typeThere(page: Page, subject: string): Promise<void> {
  await expect(page).toHaveURL(new RegExp(`^${organisation.provider.issuer}/interaction/`))
  await page.locator('[name=login]').fill(subject)
  await page.locator('[name=password]').fill('any')
  await page.getByRole('button').click()
}

async function signIn(page: Page, subject: string, path = '/'): Promise<void> {
  await page.goto(at(path))
  await button(page).click()
  await typeThere(page, subject)
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
}

async function administrator(page: Page): Promise<BrowserContext> {
  const browser = page.context().browser()!
  return browser.newContext({ baseURL: organisation.url, storageState: signedIn, viewport: desktop })
}

test('the sign-in page offers it, in light, in dark, on a phone and in French', async ({ page }) => {
  await page.goto(at('/sign-in'))
  await expect(page.getByText(`OpenID Connect, provided by ${new URL(organisation.provider.issuer).host}`)).toBeVisible()
  await look(page, 'sign-in-oidc')
  await page
    .getByRole('button', { name: 'Français' })
    .or(page.getByRole('link', { name: 'Français' }))
    .click()
  await expect(page.getByRole('link', { name: 'Se connecter avec Lighthouse' })).toBeVisible()
  await look(page, 'sign-in-oidc-fr', 'fr')
})

test('somebody signs in by the keyboard, goes on where they were, and holds what their group gives', async ({ page }) => {
  const { subject, name } = account('crew')
  await page.goto(at('/settings'))
  await expect(heading(page)).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(button(page), 'comes first').toBeFocused()
  await page.keyboard.press('Enter')
  await typeThere(page, subject)
  await expect(page, 'where they were').toHaveURL(at('/settings'))
  await expect(page.getByText(`Operator in ${environmentName}`)).toBeVisible()
  await expect(page.getByText('You sign in with Lighthouse. Your password is kept and changed there.')).toBeVisible()
  await expect(page.getByLabel('Present password')).toHaveCount(0)

  const context = await administrator(page)
  const people = await context.newPage()
  await people.bringToFront()
  await people.goto('/settings/people')
  const row = people.getByRole('row').filter({ hasText: `grace-${subject}` })
  await expect(row).toContainText('Signs in with Lighthouse')
  await look(people, 'people-oidc')
  await row.getByRole('link', { name }).click()
  await expect(people.getByText('They come from their groups at Lighthouse')).toBeVisible()
  await expect(people.getByRole('button', { name: 'Reset the password' })).toHaveAttribute('aria-disabled', 'true')
  await look(people, 'person-oidc')
  await people.goto('/changes')
  await expect(people.getByText(`Give ${name} Operator on ${environmentName}`).first()).toBeVisible()
  await expect(people.getByText('Come in by Lighthouse for the first time').first()).toBeVisible()
  await context.close()
})

test('a group that is removed is a role that is gone, on an open page and in words', async ({ page }) => {
  const { subject } = account('keepers')
  await signIn(page, subject, '/settings/people')
  await expect(page.getByRole('link', { name: 'Invite' })).toBeVisible()
  regroup(subject, 'watch')
  await expect(page.getByText('Your rights were changed.')).toBeVisible()
  await expect(page.getByText(/This needs the role Administrator/)).toBeVisible()
  regroup(subject, 'others')
  await expect(page, 'without touching it').toHaveURL(/\/sign-in/)
  await expect(page.getByText('Your groups give you no role here.')).toBeVisible()
  await look(page, 'sign-in-oidc-refused')
  await button(page).click()
  await expect(page.getByText('Your groups give you no role here.'), 'and not by signing in again').toBeVisible()
})

test('a session goes on for as long as the provider confirms it, and ends in words when it takes it back', async ({ page }) => {
  const { subject } = account('watch')
  await signIn(page, subject)
  const confirmed = organisation.provider.refreshed.given
  // Three times its grace: without an answer it would be over.
  await expect.poll(() => organisation.provider.refreshed.given, { timeout: 30_000 }).toBeGreaterThan(confirmed + 12)
  expect((await page.request.get(at('/api/me'))).status()).toBe(200)
  await organisation.provider.withdraw()
  await expect(page).toHaveURL(/\/sign-in/)
  await expect(page.getByText('Lighthouse ended your sign-in.')).toBeVisible()
})

test('while the provider is down nobody is let in, sessions end, and it is said why; local accounts work', async ({ page }) => {
  const { subject } = account('watch')
  await signIn(page, subject, '/changes')
  await organisation.provider.stop()
  try {
    await expect(page, 'when its grace is over').toHaveURL(/\/sign-in/, { timeout: 20_000 })
    await expect(page.getByText('Lighthouse does not answer.')).toBeVisible()
    await button(page).click()
    await expect(page).toHaveURL(/error=oidc_unreachable/)
    await expect(page.getByText('Lighthouse does not answer.')).toBeVisible()
    await look(page, 'sign-in-oidc-down')
    const context = await administrator(page)
    expect((await context.request.get('/api/me')).status(), 'who came with a password').toBe(200)
    await context.close()
  } finally {
    await organisation.provider.start()
  }
  await button(page).click()
  await expect(page, 'the way back').toHaveURL(at('/changes'))
})

test('signing out ends both sessions: the provider asks who it is again', async ({ page }) => {
  const { subject } = account('watch')
  await signIn(page, subject)
  await page.getByRole('button', { name: /Grace Hopper/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(new RegExp(`^${organisation.provider.issuer}/session/end`))
  await page.getByRole('button', { name: 'Yes, sign me out' }).click()
  await expect(page).toHaveURL(at('/sign-in'))
  expect((await page.request.get(at('/api/me'))).status()).toBe(401)
  await button(page).click()
  await expect(page).toHaveURL(new RegExp(`^${organisation.provider.issuer}/interaction/`))
})

test('what the provider sent back counts once, and there is a way on', async ({ page }) => {
  const { subject } = account('watch')
  let callback = ''
  page.on('request', (request) => {
    if (request.url().includes('/api/auth/oidc/callback')) callback = request.url()
  })
  await signIn(page, subject)
  // An open page would go to the sign-in page by itself.
  await page.goto('about:blank')
  await page.context().clearCookies({ name: 'portolan.session' })
  await page.goto(callback)
  await expect(page).toHaveURL(/\/sign-in\?error=oidc_stale/)
  await expect(page.getByText('This sign-in does not count.')).toBeVisible()
  await button(page).click()
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
})
