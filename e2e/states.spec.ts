import { startDocker, type TestDocker } from './engines/docker/start.ts'
import { expect, test } from './fixtures.ts'
import { connect, environmentCalled, forget, harbour } from './fleet.ts'
import { makePerson, signedInAs } from './people.ts'
import { portolan } from './portolan.ts'

const name = 'stormy-cape'
let stormy: TestDocker
let id: string

test.skip(() => portolan().dockerSocket === null, 'there is no dockerd here')
test.beforeAll(async () => {
  stormy = await startDocker({ name: 'dockerd that falls silent' })
  await stormy.docker([
    'run',
    '--detach',
    '--restart',
    'always',
    '--stop-signal',
    'KILL',
    '--name',
    'lighthouse',
    'portolan/busybox:1',
    'sleep',
    '1000',
  ])
  await forget(name)
  id = await connect(stormy, name)
})
test.afterAll(async () => {
  await forget(name)
  await stormy.stop()
})

test('an engine falls silent: its rows stay, dated and without actions; others go on; it comes back by itself', async ({ page }) => {
  test.setTimeout(120_000)
  await page.goto(`/environments/${id}/containers`)
  const row = page.getByRole('row').filter({ hasText: 'lighthouse' })
  await expect(row).toContainText('Running')

  await stormy.kill('SIGKILL')
  const bar = page.getByRole('status').filter({ hasText: `${name} has been silent for` })
  await expect(bar).toContainText(/This is \d\d:\d\d.* Actions are off until it answers\./)
  await expect(row).toContainText('Was running')
  await row.getByRole('button', { name: 'Actions for lighthouse' }).click()
  await expect(page.getByRole('menuitem', { name: /^Stop/ })).toContainText(`${name} does not answer. Actions are off until it does.`)
  await page.keyboard.press('Escape')

  await page.goto(`/environments/${id}`)
  await expect(page.getByText(`${name} has been silent for`)).toBeVisible()
  await expect(page.locator('main')).toContainText(/nothing listens|Docker is not running|There is no socket/i)
  await page.goto('/')
  await expect(page.getByText('1 environment is silent and not counted here.')).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'Silent since' })).toContainText(name)

  const { id: other } = await harbour()
  await page.goto(`/environments/${other}/containers`)
  await expect(page.getByRole('row').filter({ hasText: 'shop-web-1' })).toContainText('Healthy')
  await page.goto('/inventory/instance')
  await expect(page.getByText(`not ${name}`), 'the fleet says whom it lacks').toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: 'lighthouse' })).toContainText('Was running')

  await page.goto(`/environments/${id}/containers`)
  await expect(row).toContainText('Was running')
  await stormy.restart()
  await expect(bar).toHaveCount(0, { timeout: 20_000 })
  await expect(row).toContainText('Running', { timeout: 20_000 })
  await expect(row).not.toContainText('Was')
})

test('truly empty says so, and is not an outage', async ({ page }) => {
  await stormy.docker(['volume', 'prune', '--force'])
  await page.goto(`/environments/${id}/volumes`)
  await expect(page.getByText(`No volumes on ${name}`)).toBeVisible()
  await expect(page.getByText('The engine answered and has none.', { exact: false })).toBeVisible()
  await stormy.docker(['volume', 'create', 'first-one'])
  await expect(page.getByRole('row').filter({ hasText: 'first-one' }), 'and fills by itself').toBeVisible()
  await stormy.docker(['volume', 'rm', 'first-one'])
})

test('filtered to nothing says how much there is, and how to get out', async ({ page }) => {
  await page.goto(`/environments/${id}/containers?q=no-such-thing`)
  await expect(page.getByText('Nothing matches.')).toBeVisible()
  await expect(page.getByText(/1 containers? exists? without the filters\. None of them has “no-such-thing” in it\./)).toBeVisible()
  await page.getByRole('button', { name: 'Drop the text' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'lighthouse' })).toBeVisible()
  await expect(page).not.toHaveURL(/q=/)
})

test('what does not exist is not found, in words', async ({ page }) => {
  for (const path of ['/nowhere', '/environments/999999', '/environments/999999/containers', `/environments/${id}/sandwiches`]) {
    await page.goto(path)
    await expect(page.locator('main, body').last(), path).toContainText(/There is nothing at this address|There is no such environment/)
  }
  await page.goto(`/environments/${id}/containers/never-was`)
  await expect(page.getByText('There is no never-was here.')).toBeVisible()
})

test('whoever is bound to a namespace sees nothing of Docker', async ({ browser }) => {
  const person = await makePerson({ name: 'Rosalind', role: 'viewer', environment: id, namespaces: ['shop'] })
  const context = await signedInAs(browser, person)
  const page = await context.newPage()
  for (const path of ['/', '/inventory/instance', `/environments/${id}/containers`, '/changes']) {
    await page.goto(path)
    await expect(page.locator('main'), path).not.toHaveText('')
    await expect(page.getByText('lighthouse'), path).toHaveCount(0)
  }
  await page.goto(`/environments/${id}/containers/lighthouse`)
  await expect(page.getByText('There is no lighthouse here.')).toBeVisible()
  const { rows } = (await (await context.request.get('/api/resources?category=instance')).json()) as { rows: unknown[] }
  expect(rows).toEqual([])
  expect((await context.request.get(`/api/environments/${id}/containers/lighthouse`)).status()).toBe(404)
  expect((await context.request.get(`/api/environments/${id}/containers/lighthouse/logs`)).status()).toBe(404)
  await context.close()
})

test('who holds no role is told whom to ask', async ({ browser }) => {
  const context = await signedInAs(browser, await makePerson({ name: 'Nemo' }))
  const page = await context.newPage()
  await page.goto('/')
  await expect(page.getByText('You may not see any environment yet. An administrator can give you a role.')).toBeVisible()
  await page.goto('/inventory/instance')
  await expect(page.getByText('This is not an empty list: a role on this environment is needed.', { exact: false })).toBeVisible()
  await context.close()
})

test('a viewer sees why a thing cannot be done', async ({ browser }) => {
  const context = await signedInAs(browser, await makePerson({ name: 'Vera', role: 'viewer' }))
  const page = await context.newPage()
  await page.goto(`/environments/${id}/containers`)
  const row = page.getByRole('row').filter({ hasText: 'lighthouse' })
  await row.getByRole('button', { name: 'Actions for lighthouse' }).click()
  await expect(page.getByRole('menuitem', { name: /^Stop/ })).toContainText(/This needs the role Deployer/)
  await page.goto('/environments')
  await expect(page.getByRole('button', { name: 'Connect an engine' })).toHaveAttribute('aria-disabled', 'true')
  await context.close()
})

test('a lost connection is said, and what changed meanwhile is there when it is back', async ({ page, context }) => {
  await page.goto(`/environments/${id}/containers`)
  await expect(page.getByRole('row').filter({ hasText: 'lighthouse' })).toBeVisible()
  await context.setOffline(true)
  await expect(page.getByText('Reconnecting').first()).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText(/What you see is from \d\d:\d\d/)).toBeVisible()
  await stormy.docker(['create', '--name', 'while-away', 'portolan/busybox:1'])
  await expect(page.getByRole('row').filter({ hasText: 'lighthouse' }), 'what was there stays').toBeVisible()
  await context.setOffline(false)
  await expect(page.getByRole('row').filter({ hasText: 'while-away' })).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText(/What you see is from/)).toHaveCount(0)
  await stormy.docker(['rm', 'while-away'])
  await expect(page.getByRole('row').filter({ hasText: 'while-away' })).toHaveCount(0)
  expect((await environmentCalled(name)).state).toBe('live')
})
