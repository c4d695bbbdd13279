import type { Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { startHostile, type Hostile } from './engines/docker/hostile.ts'
import { slander, slanderer } from './engines/docker/slander.ts'
import { connect, forget } from './fleet.ts'
import { docker, expect, test, visit } from './harbour.ts'
import { portolan } from './portolan.ts'
import { screenshots } from './fixtures.ts'

test.skip(() => portolan().dockerSocket === null, 'there is no dockerd here')

const name = 'reef'
let engine: Hostile
let id: string
let environment: string

/** What was said is there to be read as text, nothing of it did anything, and the page still stands. */
async function isHarmless(page: Page, place: string, shown: string): Promise<void> {
  await expect(page.getByText(shown).first(), place).toBeAttached()
  const found = await page.evaluate(() => ({
    pwned: 'pwned' in window,
    links: [...document.querySelectorAll('a[href], [src], form[action]')]
      .map((one) => one.getAttribute('href') ?? one.getAttribute('src') ?? one.getAttribute('action') ?? '')
      .filter((address) => /^\s*(javascript|data|vbscript):/i.test(address) || address === 'x'),
    wider: document.scrollingElement!.scrollWidth - document.documentElement.clientWidth,
    polluted: String(({} as Record<string, unknown>)['polluted']),
  }))
  expect(found, place).toEqual({ pwned: false, links: [], wider: 0, polluted: 'undefined' })
}

test.beforeAll(async () => {
  id = await docker('create', '--name', name, 'portolan/busybox:1')
  engine = await startHostile(portolan().dockerSocket!)
  engine.misbehave(/^/, slanderer(id))
  environment = await connect(engine, name)
})
test.afterAll(async () => {
  await forget(name)
  await engine.close()
  await docker('rm', '--force', name)
})

test('what an engine should never say is text on every page', async ({ page }) => {
  test.setTimeout(240_000)
  const own = `/environments/${environment}`
  const detail = (kind: string, key: string, more = '') => `${own}/${kind}/${encodeURIComponent(key)}${more}`
  const pages: [path: string, shown: string][] = [
    ['/environments', name],
    [own, name],
    [`${own}/containers`, '=1+1 <script>'],
    [`${own}/images`, 'javascript:window.pwned=9//<script>'],
    [`${own}/networks`, '@SUM(1) <script>'],
    [`${own}/volumes`, '../../-1 <script>'],
    [`${own}/events`, 'exec <script>'],
    [detail('containers', slander.container), '=1+1 <script>'],
    [detail('containers', slander.container, '?tab=document'), '=1+1 <script>'],
    [detail('containers', slander.container, '?tab=timeline'), '=1+1 <script>'],
    [detail('images', slander.imageId), 'javascript:window.pwned=9//<script>'],
    [detail('images', slander.imageId, '?tab=document'), 'javascript:window.pwned=9//<script>'],
    [detail('volumes', slander.volume), '../../-1 <script>'],
    ['/', name],
    ['/changes', name],
    ['/inventory/instance?q=pwned', '=1+1 <script>'],
    ['/inventory/image?q=pwned', 'javascript:window.pwned=9//<script>'],
  ]
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 })
    for (const [path, shown] of pages) {
      await page.goto(path)
      await isHarmless(page, `${path} at ${width} px`, shown)
    }
  }
})

test('nor does it do anything in the drawer, the palette or a log', async ({ page }) => {
  test.setTimeout(240_000)
  await visit(page, `/environments/${environment}/containers`)
  await page.getByRole('button', { name: /^Open =1\+1/ }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await isHarmless(page, 'the drawer', '=1+1 <script>')
  await screenshots(page, 'untrusted-drawer')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').last().fill('pwned')
  await expect(page.getByRole('option', { name: /=1\+1/ }).first()).toBeVisible()
  await isHarmless(page, 'the palette', '=1+1 <script>')
  await page.keyboard.press('Escape')

  await visit(page, `/environments/${environment}/containers/${encodeURIComponent(slander.container)}`)
  await page.getByRole('main').getByRole('button', { name: 'Logs', exact: true }).click()
  await expect(page.getByText('the end of it').first()).toBeVisible()
  await isHarmless(page, 'the log', 'the end of it')
  await screenshots(page, 'untrusted-log')
  const begun = page.waitForEvent('download')
  await page.getByRole('link', { name: /download/i }).click()
  const saved = await begun
  expect(saved.suggestedFilename()).toMatch(/^[\w][\w .-]*\.log$/)
  expect(await readFile(await saved.path(), 'utf8')).toContain(slander.line)
})

test('nor in a spreadsheet', async ({ page }) => {
  for (const kind of ['containers', 'images', 'networks', 'volumes', 'events']) {
    const csv = await page.request.get(`/api/resources/export?environment=${environment}&kind=docker/${kind}`)
    expect(csv.status(), kind).toBe(200)
    const text = await csv.text()
    expect(text, kind).toContain('pwned')
    expect(text.replaceAll('""', ''), `${kind}: no cell begins as a formula does`).not.toMatch(/(^|,)"?[=+\-@\t]/m)
  }
})
