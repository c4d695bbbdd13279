import type { Locator, Page } from '@playwright/test'
import { randomBytes } from 'node:crypto'
import { askEngine } from './engines/docker/ask.ts'
import { docker, expect, test as base } from './fixtures.ts'
import { environmentName, portolan } from './portolan.ts'

/** What one spec makes in the dockerd of all: its names begin with `prefix`, and it goes when the spec has ended. */
export interface Moorings {
  prefix: string
  /** `docker run --detach` under the name `<prefix>-<name>`; it ends at once when told to. Answers the whole name. */
  run(name: string, options?: readonly string[], command?: readonly string[]): Promise<string>
}

/** The labels by which Compose says what a container belongs to. */
export const project = (name: string, service: string) => [
  '--label',
  `com.docker.compose.project=${name}`,
  '--label',
  `com.docker.compose.service=${service}`,
]

const sleeping = ['sleep', '100000']
const image = /^(portolan\/busybox:1|web:1\.4|worker:2\.0|db:16)$/

export const test = base.extend<{ moorings: Moorings; environment: string }>({
  moorings: async ({}, use) => {
    // A letter first, so that no part of it looks like something that a machine appended.
    const prefix = `t${randomBytes(3).toString('hex')}`
    await use({
      prefix,
      async run(name, options = [], command = sleeping) {
        const full = `${prefix}-${name}`
        const images = options.some((option) => image.test(option)) ? [] : ['portolan/busybox:1']
        await docker('run', '--detach', '--stop-signal', 'KILL', '--name', full, ...options, ...images, ...command)
        return full
      },
    })
    await removeAll(['ps', '--all', '--quiet'], ['rm', '--force', '--volumes'], prefix)
    await removeAll(['volume', 'ls', '--quiet'], ['volume', 'rm', '--force'], prefix)
    await removeAll(['network', 'ls', '--quiet'], ['network', 'rm'], prefix)
  },
  environment: async ({ request }, use) => {
    const { rows } = (await (await request.get('/api/environments')).json()) as { rows: { id: string; name: string }[] }
    const found = rows.find((row) => row.name === environmentName)
    if (!found) throw new Error(`The first run connected no ${environmentName}.`)
    await use(found.id)
  },
})
export { docker, expect }

async function removeAll(list: string[], remove: string[], prefix: string): Promise<void> {
  const found = (await docker(...list, '--filter', `name=${prefix}`)).split('\n').filter(Boolean)
  if (found.length > 0) await docker(...remove, ...found)
}

/** Asks the engine itself, without a program of its own for every question: for things made by the hundred. */
export const askDocker = (path: string, body: unknown): Promise<void> => askEngine(portolan().dockerSocket!, 'POST', path, body)

/** The row of a list that is about the thing of this name. */
export const rowOf = (page: Page, name: string): Locator =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })

/** The names that stand in the list, from top to bottom. */
export const namesIn = (page: Page): Locator => page.getByRole('row').getByRole('link').and(page.locator('[href*="/environments/"]'))

/** Opens a page, and waits until it listens: what is done before comes late, when React has taken over. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path)
  const listens = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('button, input')].every((control) =>
        Object.keys(control).some((key) => key.startsWith('__reactProps')),
      ),
    )
  await expect.poll(listens, { timeout: 30_000 }).toBe(true)
}

/** Opens the list of a kind, narrowed to what this spec made. */
export async function openList(page: Page, environment: string, kind: string, text: string, more = ''): Promise<void> {
  await visit(page, `/environments/${environment}/${kind}?q=${text}${more}`)
  await expect(page.getByRole('grid').or(page.getByText('Nothing matches.')).first()).toBeVisible()
}

/** When the condition first held on the screen, in ms since 1970, looked at with every picture that the browser draws. */
export const seenAt = (page: Page, text: string, name: string): Promise<number> =>
  page.evaluate(
    ([wanted, of]) =>
      new Promise<number>((resolve) => {
        const look = () => {
          const row = [...document.querySelectorAll('[role=row]')].find(
            (r) => r.textContent?.includes(of!) && r.textContent.includes(wanted!),
          )
          if (row) resolve(Date.now())
          else requestAnimationFrame(look)
        }
        look()
      }),
    [text, name],
  )

/** p50 and p99 of some times, for people. */
export function percentiles(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!)
  return `${sorted.length} times, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${Math.round(sorted.at(-1)!)} ms`
}
