import type { Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dump } from './database.ts'
import { startDocker, type TestDocker } from './engines/docker/start.ts'
import { missingForSsh, startSshd, type SshKey, type TestSshd } from './engines/ssh/start.ts'
import { expect, test } from './fixtures.ts'
import { environmentCalled, forget } from './fleet.ts'
import { portolan } from './portolan.ts'

const name = 'far-quay'
const passphrase = 'canary-passphrase-8d2f'
let docker: TestDocker
let sshd: TestSshd
let key: SshKey

test.skip(() => portolan().dockerSocket === null, 'there is no dockerd here')
test.skip(() => missingForSsh() !== null, `${missingForSsh()}`)
test.beforeAll(async () => {
  ;[docker, sshd] = await Promise.all([startDocker({ name: 'dockerd behind sshd' }), startSshd()])
  key = await sshd.makeKey('quay', { passphrase })
  await docker.docker(['create', '--name', 'over-there', 'portolan/busybox:1'])
})
test.afterAll(async () => {
  await forget(name)
  await sshd?.stop()
  await docker?.stop()
})

const answer = (page: Page) => page.getByRole('status').filter({ hasText: 'Docker 20.10' })
const refusal = (page: Page) => page.getByRole('alert').or(page.getByRole('status')).filter({ hasText: 'It did not work' })
const testButton = (page: Page) => page.getByRole('button', { name: 'Test', exact: true })

test('connects by SSH once the key of the host was shown, and takes another one only when told to', async ({ page }) => {
  test.setTimeout(120_000)
  const first = await sshd.fingerprint()
  await page.goto('/environments/new')
  await expect(async () => {
    await page.getByRole('button', { name: 'SSH' }).click()
    await expect(page.getByLabel('User', { exact: true })).toBeVisible({ timeout: 500 })
  }).toPass()
  await page.getByLabel('Host', { exact: true }).fill(`ssh://root@${sshd.host}:${sshd.port}${docker.socket}`)
  await page.getByLabel('Name', { exact: true }).fill(name)
  await expect(page.getByLabel('Host', { exact: true }), 'the address is taken apart').toHaveValue(sshd.host)
  await expect(page.getByLabel('Port', { exact: true })).toHaveValue(String(sshd.port))
  await expect(page.getByLabel('User', { exact: true })).toHaveValue('root')
  await expect(page.getByLabel('Path of the socket there', { exact: true })).toHaveValue(docker.socket)

  await page.getByLabel('Private key of the user', { exact: true }).fill(key.privateKey)
  await testButton(page).click()
  await expect(refusal(page)).toContainText('The private key has a passphrase. Enter it too.')
  await page.getByLabel('Passphrase of the key (optional)').fill(passphrase)
  await page.getByRole('button', { name: `Connect ${name}` }).click()
  await expect(refusal(page), 'nobody has seen the key of the host yet').toContainText(first)
  await page.getByRole('button', { name: 'Accept another key' }).click()
  await testButton(page).click()
  await expect(answer(page)).toContainText(first)
  await expect(answer(page)).toContainText('ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub')
  await page.getByRole('button', { name: `Connect ${name}` }).click()
  await expect(page).toHaveURL(/\/environments\/\d+$/)
  const { id, address } = await environmentCalled(name)
  expect(address).toBe(`ssh://root@${sshd.host}:${sshd.port}${docker.socket}`)
  await page.goto(`/environments/${id}/containers`)
  await expect(page.getByRole('row').filter({ hasText: 'over-there' })).toBeVisible()

  await sshd.restart({ newHostKey: true })
  const second = await sshd.fingerprint()
  await expect.poll(async () => (await environmentCalled(name)).error?.code, { timeout: 30_000 }).toBe('host-key-changed')
  await page.goto(`/environments/${id}/settings`)
  await testButton(page).click()
  await expect(refusal(page)).toContainText(`another key than the one that was pinned: ${second}, not ${first}`)
  await page.getByRole('button', { name: 'Accept another key' }).click()
  await testButton(page).click()
  await expect(answer(page)).toContainText(second)
  await page.getByRole('button', { name: `Save ${name}` }).click()
  await expect(page).toHaveURL(/\/environments\/\d+$/)
  await expect.poll(async () => (await environmentCalled(name)).state, { timeout: 30_000 }).toBe('live')

  await page.goto(`/environments/${id}/settings`)
  await expect(page.getByText('Kept as it is')).toHaveCount(2)
  const secrets = [passphrase, ...key.privateKey.split('\n').slice(1, 3)]
  const told = [await page.content(), await dump(), await readFile(join(import.meta.dirname, '../test-results/portolan.log'), 'utf8')]
  for (const path of [`/api/environments/${id}`, '/api/environments', '/api/changes', '/api/activities'])
    told.push(await (await page.request.get(path)).text())
  expect(told.join('\n').includes(name), 'what was looked through is about it').toBe(true)
  for (const secret of secrets) expect(told.join('\n').includes(secret)).toBe(false)
})
