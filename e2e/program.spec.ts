import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { docker, expect, test } from './fixtures.ts'
import { harbour } from './fleet.ts'
import { portolan } from './portolan.ts'

test.skip(() => portolan().dockerSocket === null || process.platform !== 'linux', 'this needs a dockerd and /proc')

/** The process of this Portolan that runs a program of ours, or its PostgreSQL; null when there is none now. */
function processOf(program: 'sync.ts' | 'server.ts' | 'postmaster'): number | null {
  const { dataDir, pid: supervisor } = portolan()
  for (const pid of readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
      if (program === 'postmaster') {
        if (command[0]?.endsWith('/postgres') && command[1] === '-D' && readlinkSync(`/proc/${pid}/cwd`) === join(dataDir, 'database'))
          return pid
        continue
      }
      const parent = Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1])
      if (parent === supervisor && command[1] === program) return pid
    } catch (error) {
      // It ended while we looked.
      if (!['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    }
  }
  return null
}

function runningNow(program: Parameters<typeof processOf>[0]): number {
  const pid = processOf(program)
  if (pid === null) throw new Error(`${program} does not run.`)
  return pid
}

function killNow(program: Parameters<typeof processOf>[0]): number {
  const pid = runningNow(program)
  process.kill(pid, 'SIGKILL')
  return pid
}

/** Another process than the killed one does its work. */
const isAnew = (program: Parameters<typeof processOf>[0], killed: number) =>
  expect.poll(() => ![null, killed].includes(processOf(program)), { message: `${program} runs again`, timeout: 30_000 }).toBe(true)

test.afterEach(() => {
  // One that a failed spec left hanging would fail all that follow.
  const sync = processOf('sync.ts')
  if (sync !== null) process.kill(sync, 'SIGCONT')
})

test('sync hangs and is killed: that it lags is shown, it is started again, and the rows become right', async ({ page }) => {
  test.setTimeout(90_000)
  const { id } = await harbour()
  await page.goto(`/environments/${id}/containers`)
  await expect(page.getByRole('row').filter({ hasText: 'shop-web-1' })).toBeVisible()
  // A killed one is back before anybody misses it, so it hangs first.
  process.kill(runningNow('sync.ts'), 'SIGSTOP')
  await docker('create', '--name', 'born-in-the-gap', 'portolan/busybox:1')
  const behind = page.getByRole('status').filter({ hasText: /Following .* behind/ })
  await expect(behind).toBeVisible({ timeout: 20_000 })
  const killed = killNow('sync.ts')
  await isAnew('sync.ts', killed)
  await expect(page.getByRole('row').filter({ hasText: 'born-in-the-gap' })).toBeVisible({ timeout: 30_000 })
  await expect(behind).toHaveCount(0, { timeout: 20_000 })
  await docker('rm', 'born-in-the-gap')
  await expect(page.getByRole('row').filter({ hasText: 'born-in-the-gap' })).toHaveCount(0)
})

test('web is killed: the open page says so and comes back by itself', async ({ page }) => {
  test.setTimeout(90_000)
  const { id } = await harbour()
  await page.goto(`/environments/${id}/containers`)
  await expect(page.getByRole('row').filter({ hasText: 'shop-web-1' })).toBeVisible()
  await page.evaluate(() => Object.assign(window, { neverReloaded: true }))
  const killed = killNow('server.ts')
  await docker('create', '--name', 'while-web-was-down', 'portolan/busybox:1')
  await expect(page.getByText('Reconnecting').first()).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: 'shop-web-1' }), 'what was there stays').toBeVisible()
  await isAnew('server.ts', killed)
  await expect(page.getByRole('row').filter({ hasText: 'while-web-was-down' })).toBeVisible({ timeout: 30_000 })
  expect(await page.evaluate(() => 'neverReloaded' in window)).toBe(true)
  await docker('rm', 'while-web-was-down')
  await expect(page.getByRole('row').filter({ hasText: 'while-web-was-down' })).toHaveCount(0)
})

test('PostgreSQL is killed: 503 meanwhile, then right again, and nothing that was acknowledged is lost', async ({ page }) => {
  test.setTimeout(120_000)
  const { id } = await harbour()
  const headers = { origin: portolan().url }
  const words = `before the crash, ${Date.now()}`
  const changed = await page.request.patch(`/api/environments/${id}`, { data: { description: words }, headers })
  expect(changed.status()).toBe(200)
  const killed = killNow('postmaster')
  const during = await page.request.get('/api/resources?category=instance')
  expect(during.status()).toBe(503)
  expect(Number(during.headers()['retry-after'])).toBeGreaterThan(0)
  expect(((await during.json()) as { error: { code: string } }).error.code).toBe('unavailable')
  const body = await (await page.request.get('/api/environments')).text()
  expect(body, 'an outage is never an empty list').not.toContain('"rows":[]')
  await isAnew('postmaster', killed)
  await expect.poll(async () => (await page.request.get('/api/ready')).status(), { timeout: 40_000 }).toBe(200)
  const environment = (await (await page.request.get(`/api/environments/${id}`)).json()) as { description?: string }
  expect(JSON.stringify(environment)).toContain(words)
  await page.request.patch(`/api/environments/${id}`, { data: { description: '' }, headers })
  await page.goto(`/environments/${id}/containers`)
  await docker('create', '--name', 'after-the-crash', 'portolan/busybox:1')
  await expect(page.getByRole('row').filter({ hasText: 'after-the-crash' })).toBeVisible({ timeout: 30_000 })
  await docker('rm', 'after-the-crash')
  await expect(page.getByRole('row').filter({ hasText: 'after-the-crash' })).toHaveCount(0)
})
