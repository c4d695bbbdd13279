import { test as base, type Page } from '@playwright/test'
import { join } from 'node:path'
import { dockerAt } from './engines/docker/command.ts'
import { portolan } from './portolan.ts'

export { expect } from '@playwright/test'

/** Every spec fails on an uncaught error in the page and on anything the content security policy refused. */
export const test = base.extend<{ noComplaints: void }>({
  baseURL: async ({}, use) => use(portolan().url),
  noComplaints: [
    async ({ page }, use) => {
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`))
      page.on('console', (message) => {
        if (/content security policy/i.test(message.text())) complaints.push(message.text())
      })
      await use()
      if (complaints.length > 0) throw new Error(`The page complained:\n${complaints.join('\n')}`)
    },
    { auto: true },
  ],
})

/** Runs the docker command on the dockerd of the specs. */
export async function docker(...args: string[]): Promise<string> {
  const { dockerSocket } = portolan()
  if (!dockerSocket) throw new Error('There is no dockerd here; skip this spec.')
  return dockerAt(dockerSocket)(...args)
}

/** Keeps the scripts of a page back, as a slow network does: it is seen and typed into, but does not listen. Answers what lets them go. */
export async function holdScripts(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  await page.route('**/_next/static/**/*.js*', async (route) => {
    await promise
    await route.continue()
  })
  return resolve
}

/** Pictures of a page in light, dark and on a phone, in the git-ignored folder `screenshots`. */
export async function screenshots(page: Page, name: string): Promise<void> {
  const size = page.viewportSize()
  const folder = join(import.meta.dirname, '../screenshots')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) })
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 390, height: 844 })
  await page.screenshot({ path: join(folder, `${name}-phone.png`) })
  if (size) await page.setViewportSize(size)
}
