import type { Browser, Page, Response } from '@playwright/test'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import { harbour } from './fleet.ts'
import { desktop, expectNoSidewaysScroll, expectWords, folder, look, phone, settle } from './look.ts'
import { administratorsApi, makePerson, signedInAs } from './people.ts'
import { portolan, signedIn } from './portolan.ts'

/** JavaScript of the first load of a list, compressed. */
const mostScriptBytes = 300 * 1024

test.skip(() => portolan().dockerSocket === null, 'there is no dockerd here')

/** Every page; `:harbour` is the environment that the first run connected, `:ada` its administrator. */
const pages: Record<string, string> = {
  home: '/',
  'inventory-containers': '/inventory/instance',
  'inventory-images': '/inventory/image',
  'inventory-volumes': '/inventory/volume',
  'inventory-networks': '/inventory/network',
  'inventory-events': '/inventory/event',
  'nothing-matches': '/inventory/instance?q=no-such-thing',
  environments: '/environments',
  'environment-new': '/environments/new',
  environment: '/environments/:harbour',
  'environment-settings': '/environments/:harbour/settings',
  containers: '/environments/:harbour/containers',
  'containers-drawer': '/environments/:harbour/containers?open=:harbour~docker/containers~shop-web-1',
  container: '/environments/:harbour/containers/shop-web-1',
  'container-failing': '/environments/:harbour/containers/billing-sync',
  'container-gone': '/environments/:harbour/containers/never-was',
  volume: '/environments/:harbour/volumes/shop_db-data',
  changes: '/changes',
  'changes-none': '/changes?q=no-such-thing',
  settings: '/settings',
  'settings-sessions': '/settings/sessions',
  'settings-people': '/settings/people',
  'settings-people-new': '/settings/people/new',
  'settings-person': '/settings/people/:ada',
  'settings-about': '/settings/about',
  'find-engines': '/welcome',
  'not-found': '/nowhere',
}
const entries: Record<string, string> = { 'sign-in': '/sign-in', 'setup-used': '/setup?token=used' }

const addressOf = async (path: string) =>
  path
    .replaceAll(':harbour', path.includes(':harbour') ? (await harbour()).id : '')
    .replaceAll(':ada', path.includes(':ada') ? await idOfAda() : '')

async function idOfAda(): Promise<string> {
  const api = await administratorsApi()
  const me = (await (await api.get('/api/me')).json()) as { userId: string }
  await api.dispose()
  return me.userId
}

/** Where an invitation leads. */
async function invitation(): Promise<string> {
  const api = await administratorsApi()
  const data = { login: `new-${crypto.randomUUID().slice(0, 8)}`, name: 'Nadia Boulanger', bindings: [] }
  const { link } = (await (await api.post('/api/people', { data })).json()) as { link: { url: string } }
  await api.dispose()
  return link.url
}

test.describe('looks right in light, in dark and on a phone', () => {
  // Most of it is axe, which takes its time on a busy machine.
  test.describe.configure({ timeout: 120_000 })

  for (const [name, path] of Object.entries(pages))
    test(name, async ({ page }) => {
      await page.goto(await addressOf(path))
      await look(page, name)
    })

  for (const [name, path] of Object.entries(entries))
    test(name, async ({ browser }) => {
      const nobody = await browser.newContext({ baseURL: portolan().url, storageState: { cookies: [], origins: [] }, viewport: desktop })
      const page = await nobody.newPage()
      await page.goto(path)
      await look(page, name)
      await nobody.close()
    })

  test('invitation', async ({ browser }) => {
    const nobody = await browser.newContext({ baseURL: portolan().url, storageState: { cookies: [], origins: [] }, viewport: desktop })
    const page = await nobody.newPage()
    await page.goto(await invitation())
    await look(page, 'invitation')
    await nobody.close()
  })

  test('palette', async ({ page }) => {
    await page.goto('/')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('shop')
    await expect(page.getByRole('option').filter({ hasText: 'shop-web-1' }).first()).toBeVisible()
    await look(page, 'palette')
  })

  test('all keys', async ({ page }) => {
    await page.goto('/')
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog')).toBeVisible()
    await look(page, 'all-keys')
  })
})

async function inFrench(browser: Browser): Promise<Page> {
  const context = await signedInAs(browser, await makePerson({ name: 'Camille', role: 'administrator', language: 'fr' }))
  return context.newPage()
}

test('says everything in French, and nothing is wider than a phone', async ({ browser }) => {
  // Every page, twice.
  test.setTimeout(360_000)
  const page = await inFrench(browser)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (/content security policy|MISSING_MESSAGE|FORMATTING_ERROR/i.test(message.text())) complaints.push(message.text())
  })
  for (const [name, path] of Object.entries(pages))
    await test.step(name, async () => {
      await page.setViewportSize(desktop)
      await page.goto(await addressOf(path))
      await settle(page)
      await expectWords(page, 'fr')
      await page.setViewportSize(phone)
      await settle(page)
      await expectNoSidewaysScroll(page)
      if (['home', 'containers', 'environments'].includes(name)) await page.screenshot({ path: join(folder, `${name}-fr-phone.png`) })
    })
  expect(complaints).toEqual([])
  await page.context().close()
})

/** Sizes of the scripts that opening a list fetches, as they are sent, in bytes; heads of answers are not counted. */
async function scriptsOfFirstLoad(browser: Browser, encoding: 'br' | 'gzip'): Promise<number[]> {
  const context = await browser.newContext({
    baseURL: portolan().url,
    storageState: signedIn,
    extraHTTPHeaders: { 'accept-encoding': encoding },
  })
  const page = await context.newPage()
  const scripts: Response[] = []
  page.on('response', (response) => void (response.request().resourceType() === 'script' && scripts.push(response)))
  await page.goto(await addressOf('/environments/:harbour/containers'), { waitUntil: 'networkidle' })
  await expect(page.getByRole('row').filter({ hasText: 'shop-web-1' })).toBeVisible()
  const heads = await Promise.all(scripts.map((response) => response.allHeaders()))
  await context.close()
  expect(new Set(heads.map((head) => head['content-encoding'])), 'all of it comes so').toEqual(new Set([encoding]))
  return heads.map((head) => Number(head['content-length']))
}

// Browsers take brotli over TLS and from their own machine; over plain http they take gzip.
for (const encoding of ['br', 'gzip'] as const)
  test(`the first load of a list takes at most 300 KB of JavaScript by ${encoding}`, async ({ browser }) => {
    const sizes = await scriptsOfFirstLoad(browser, encoding)
    const bytes = sizes.reduce((sum, size) => sum + size, 0)
    console.log(`JavaScript of the first load of a list, by ${encoding}: ${(bytes / 1024).toFixed(1)} KB in ${sizes.length} files`)
    expect(sizes.length).toBeGreaterThan(0)
    expect(bytes).toBeLessThanOrEqual(mostScriptBytes)
  })
