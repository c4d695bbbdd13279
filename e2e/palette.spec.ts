import type { Page } from '@playwright/test'
import { docker, expect, test } from './fixtures.ts'
import { harbour } from './fleet.ts'
import { environmentName, portolan } from './portolan.ts'

test.skip(() => portolan().dockerSocket === null, 'there is no dockerd here')

const option = (page: Page, text: string | RegExp) => page.getByRole('option').filter({ hasText: text })

async function open(page: Page, path = '/'): Promise<void> {
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox')).toBeFocused()
}

/** Goes down until this option is the one that Enter takes. */
async function reach(page: Page, text: string | RegExp): Promise<void> {
  const wanted = option(page, text).first()
  await expect(wanted).toBeVisible()
  for (let left = await page.getByRole('option').count(); left > 0; left--) {
    if ((await wanted.getAttribute('aria-selected')) === 'true') return
    await page.keyboard.press('ArrowDown')
  }
  await expect(wanted).toHaveAttribute('aria-selected', 'true')
}

test('finds things by name, image, id, port and label, and goes there by keys alone', async ({ page }) => {
  const [port] = (await docker('port', 'shop-web-1', '80')).split('\n')[0]!.split(':').slice(-1)
  const id = (await docker('inspect', '--format', '{{.Id}}', 'shop-web-1')).slice(0, 12)
  await open(page)
  for (const text of ['shop-web', 'web:1.4', id, port!, 'com.docker.compose.service=web']) {
    await page.getByRole('combobox').fill(text)
    await expect(
      option(page, 'shop-web-1')
        .filter({ hasText: `container, ${environmentName}` })
        .first(),
      text,
    ).toBeVisible()
  }
  await expect(page.getByRole('status').filter({ hasText: /found in \d+ ms/ })).toBeVisible()
  await reach(page, 'shop-web-1')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/containers\/shop-web-1$/)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('shop-web-1')
})

test('goes to places', async ({ page }) => {
  await open(page)
  await page.keyboard.type('chang')
  await reach(page, 'Changes')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/changes$/)
})

test('does what can be done to the thing that is open', async ({ page }) => {
  await docker('run', '--detach', '--stop-signal', 'KILL', '--name', 'palette-pause', 'portolan/busybox:1', 'sleep', '1000')
  const path = `/environments/${(await harbour()).id}/containers/palette-pause`
  await expect.poll(async () => (await page.request.get(`/api${path}`)).status()).toBe(200)
  await open(page, path)
  await page.keyboard.type('pause')
  await expect(option(page, 'Unpause palette-pause'), 'what cannot be done says why').toContainText('It is not paused.')
  await reach(page, /^Pause palette-pause/)
  await page.keyboard.press('Enter')
  await expect.poll(() => docker('inspect', '--format', '{{.State.Status}}', 'palette-pause')).toBe('paused')
  await docker('rm', '--force', 'palette-pause')
})

test('Tab narrows to an environment, Backspace widens, Escape closes', async ({ page }) => {
  await open(page)
  await page.getByRole('combobox').fill(environmentName)
  await reach(page, new RegExp(`${environmentName}↵?$`))
  await page.keyboard.press('Tab')
  const narrowed = page.getByRole('button', { name: environmentName })
  await expect(narrowed.filter({ hasText: '×' })).toBeVisible()
  await page.getByRole('combobox').fill('')
  await expect(option(page, `${environmentName} / `).first()).toBeVisible()
  await expect(option(page, /^Settings↵?$/), 'only places of that environment').toHaveCount(0)
  await page.keyboard.press('Backspace')
  await expect(option(page, /^Settings↵?$/)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('combobox')).toHaveCount(0)
})

test('says when nothing is called so', async ({ page }) => {
  await open(page)
  await page.keyboard.type('no such thing anywhere')
  await expect(page.getByText('Nothing is called “no such thing anywhere”')).toBeVisible()
})
