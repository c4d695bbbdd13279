import type { Page } from '@playwright/test'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { createServer as createWebServer } from 'node:http'
import { once } from 'node:events'
import { makeAuthority } from './engines/certificates.ts'
import { startDocker, type TestDocker } from './engines/docker/start.ts'
import { expect, holdScripts, test } from './fixtures.ts'
import { connect, environmentCalled, forget } from './fleet.ts'
import { environmentName, portolan } from './portolan.ts'

const names = { socket: 'north-quay', tls: 'south-quay', renamed: 'east-quay', paused: 'west-quay', removed: 'old-quay' }
let second: TestDocker

test.skip(() => portolan().dockerSocket === null, 'there is no dockerd here')
test.beforeAll(async () => {
  second = await startDocker({ name: 'second dockerd', tls: true })
})
test.afterEach(async () => {
  for (const name of Object.values(names)) await forget(name)
})
test.afterAll(() => second.stop())

const testButton = (page: Page) => page.getByRole('button', { name: 'Test', exact: true })

/** What is typed before the page has woken up may be taken back by it. */
async function fillIn(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true })
  await expect(async () => {
    await field.fill(text)
    await expect(field).toHaveValue(text, { timeout: 500 })
  }).toPass()
}

async function fillSocket(page: Page, path: string): Promise<void> {
  await page.goto('/environments/new')
  await fillIn(page, 'Path of the socket', path)
}

async function fillNetwork(page: Page, transport: 'Network, plain' | 'Network, TLS', host: string, port: number): Promise<void> {
  await page.goto('/environments/new')
  await page.getByRole('button', { name: transport }).click()
  await fillIn(page, 'Host', host)
  await fillIn(page, 'Port', String(port))
}

async function fillTls(page: Page, ca: string): Promise<void> {
  const { tcp, certificates } = second
  await fillNetwork(page, 'Network, TLS', tcp!.host, tcp!.port)
  await page.getByLabel('Certificate authority', { exact: true }).fill(ca)
  await page.getByLabel('Client certificate', { exact: true }).fill(certificates!.certificate)
  await page.getByLabel('Private key of that certificate', { exact: true }).fill(certificates!.key)
}

async function serve<S extends Server>(server: S): Promise<{ port: number; close(): void }> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, close: () => void server.close() }
}

test('connects by socket, with a flag of its own, and shows it live', async ({ page }) => {
  await fillSocket(page, second.socket)
  await testButton(page).click()
  await expect(page.getByRole('status').filter({ hasText: 'Docker 20.10' })).toContainText(/answers in \d+ ms/)
  await page.getByLabel('Name', { exact: true }).fill(names.socket)
  await expect(page.getByLabel('Code', { exact: true }), 'the code follows the name').toHaveValue('NOR')
  await page.getByRole('radio', { name: 'Teal' }).check({ force: true })
  await page.getByRole('radio', { name: 'Saltire' }).check({ force: true })
  await page.getByLabel('Code', { exact: true }).fill('NQ1')
  await page.getByRole('button', { name: `Connect ${names.socket}` }).click()
  await expect(page).toHaveURL(/\/environments\/\d+$/)
  await expect(page.getByRole('heading', { level: 1, name: names.socket })).toBeVisible()
  await expect(page.locator('main').getByText('Live').first()).toBeVisible()
  expect((await environmentCalled(names.socket)).flag).toEqual({ hue: 'teal', pattern: 'saltire', code: 'NQ1' })
  await page.goto('/environments')
  const row = page.getByRole('row').filter({ hasText: names.socket })
  await expect(row).toContainText('Live')
  await expect(row).toContainText(/docker 20\.10/i)
  await expect(row).toContainText(second.socket)
})

test('connects by TLS, never shows a secret again, and protects production', async ({ page }) => {
  const { tcp, certificates } = second
  await fillTls(page, certificates!.ca)
  await page.getByLabel('Name', { exact: true }).fill(names.tls)
  await page.getByLabel('Stage', { exact: true }).selectOption('prod')
  await expect(page.getByRole('checkbox', { name: /Protected/ }), 'production protects').toBeChecked()
  await page.getByRole('button', { name: `Connect ${names.tls}` }).click()
  await expect(page).toHaveURL(/\/environments\/\d+$/)
  const { id, protected: isProtected, address } = await environmentCalled(names.tls)
  expect(isProtected).toBe(true)
  expect(address).toContain(`${tcp!.host}:${tcp!.port}`)
  await expect.poll(async () => (await environmentCalled(names.tls)).state).toBe('live')

  await page.goto(`/environments/${id}/settings`)
  await expect(page.getByText('Kept as it is')).toHaveCount(3)
  const key = certificates!.key.split('\n')[1]!
  expect(await page.content()).not.toContain(key)
  for (const path of [`/api/environments/${id}`, '/api/environments', '/api/changes'])
    expect(await (await page.request.get(path)).text(), path).not.toContain(key)

  await page.getByLabel('Name', { exact: true }).fill(names.renamed)
  await page.getByRole('button', { name: `Save ${names.renamed}` }).click()
  await expect(page.getByText('Needed'), 'a protected one asks why').toBeVisible()
  await page.getByRole('textbox', { name: 'Reason' }).fill('a better name')
  await page.getByRole('button', { name: `Save ${names.renamed}` }).click()
  await expect(page.getByRole('heading', { level: 1, name: names.renamed })).toBeVisible()
  await expect.poll(async () => (await environmentCalled(names.renamed)).state, 'its secrets were kept').toBe('live')
})

test.describe('a form', () => {
  test('is there when it listens: nothing typed is lost', async ({ page }) => {
    const release = await holdScripts(page)
    await page.goto('/environments/new', { waitUntil: 'commit' })
    await expect(page.getByRole('heading', { level: 1, name: 'Connect an engine' })).toBeVisible()
    await expect(page.getByRole('textbox')).toHaveCount(0)
    release()
    await expect(page.getByLabel('Path of the socket')).toHaveValue('/var/run/docker.sock')
  })

  test('takes a pasted address apart', async ({ page }) => {
    await page.goto('/environments/new')
    await page.getByRole('button', { name: 'Network, plain' }).click()
    const [host, port] = [page.getByLabel('Host', { exact: true }), page.getByLabel('Port', { exact: true })]
    await host.fill('tcp://build-01:12375')
    await host.blur()
    await expect(host).toHaveValue('build-01')
    await expect(port).toHaveValue('12375')
    await host.fill('https://build-02')
    await host.blur()
    await expect(page.getByRole('button', { name: 'Network, TLS' })).toHaveAttribute('aria-pressed', 'true')
    await expect(host).toHaveValue('build-02')
  })

  test('says what is wrong when a field is left, not before', async ({ page }) => {
    await page.goto('/environments/new')
    await page.getByRole('button', { name: 'Network, TLS' }).click()
    const leave = async (label: string, text: string, said: string) => {
      const field = page.getByLabel(label, { exact: true })
      await field.fill(text)
      await expect(page.getByText(said)).toHaveCount(0)
      await field.blur()
      await expect(page.getByText(said)).toBeVisible()
      await expect(field).toHaveAccessibleDescription(new RegExp(said))
    }
    await leave('Host', 'ftp://build-01', 'Only a host name or an address')
    await leave('Port', '70000', 'Between 1 and 65535')
    await leave('Certificate authority', 'not a certificate', 'Not PEM')
    await leave('Code', 'A', '2 or 3 capital letters or digits')
  })
})

test.describe('says exactly why an engine cannot be connected', () => {
  const refusal = (page: Page) => page.getByRole('alert').or(page.getByRole('status')).filter({ hasText: 'It did not work' })

  test('no socket there', async ({ page }) => {
    await fillSocket(page, '/run/no-such.sock')
    await testButton(page).click()
    await expect(refusal(page)).toContainText('There is no socket at /run/no-such.sock. Is Docker installed and running?')
  })

  test('refused port', async ({ page }) => {
    const { port, close } = await serve(createServer())
    close()
    await fillNetwork(page, 'Network, plain', '127.0.0.1', port)
    await expect(page.getByText('Whoever can reach this port owns the machine behind it')).toBeVisible()
    await testButton(page).click()
    await expect(refusal(page)).toContainText(`127.0.0.1:${port} refused the connection: nothing listens there.`)
  })

  test('an authority that did not issue its certificate', async ({ page }, info) => {
    const stranger = await makeAuthority(info.outputPath('authority'), 'stranger')
    await fillTls(page, stranger.certificate)
    await testButton(page).click()
    await expect(refusal(page)).toContainText('issued by an authority that is not trusted here')
  })

  test('no client certificate', async ({ page }) => {
    const { tcp, certificates } = second
    await fillNetwork(page, 'Network, TLS', tcp!.host, tcp!.port)
    await page.getByLabel('Certificate authority', { exact: true }).fill(certificates!.ca)
    await testButton(page).click()
    await expect(refusal(page)).toContainText('asks for a client certificate')
  })

  test('a web site', async ({ page }) => {
    const site = createWebServer((_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hello</h1>'))
    const { port, close } = await serve(site)
    await fillNetwork(page, 'Network, plain', '127.0.0.1', port)
    await testButton(page).click()
    await expect(refusal(page)).toContainText(`What answers at tcp://127.0.0.1:${port} is a web site, not a Docker API.`)
    close()
  })

  test('a name that nobody has', async ({ page }) => {
    await fillNetwork(page, 'Network, plain', 'no-such-host.invalid', 2375)
    await testButton(page).click()
    await expect(refusal(page)).toContainText('The name no-such-host.invalid was not found.')
  })

  test('an engine that is connected already', async ({ page }) => {
    await fillSocket(page, portolan().dockerSocket!)
    await testButton(page).click()
    await expect(page.getByText(`Connected already, as ${environmentName}`)).toBeVisible()
    await page.getByLabel('Name', { exact: true }).fill('twice')
    await page.getByRole('button', { name: 'Connect twice' }).click()
    await expect(page.getByText(`This engine is connected already, as ${environmentName}.`).first()).toBeVisible()
    await expect(page).toHaveURL(/\/environments\/new$/)
  })
})

test('pauses and resumes: nothing new is fetched meanwhile, and it says so', async ({ page }) => {
  const id = await connect(second, names.paused)
  await page.goto(`/environments/${id}`)
  await page.getByRole('button', { name: `Actions on ${names.paused}` }).click()
  await page.getByRole('menuitem', { name: 'Pause' }).click()
  await expect(page.getByText(/Paused since \d\d:\d\d/)).toBeVisible({ timeout: 20_000 })
  await second.docker(['create', '--name', 'meanwhile', 'portolan/busybox:1'])
  await page.goto(`/environments/${id}/containers`)
  await expect(page.getByText(`${names.paused} is paused.`)).toBeVisible()
  await expect(page.getByText('meanwhile')).toHaveCount(0)
  await page.goto('/environments')
  await page.getByRole('button', { name: `Actions on ${names.paused}` }).click()
  await page.getByRole('menuitem', { name: 'Resume' }).click()
  await expect(page.getByRole('row').filter({ hasText: names.paused })).toContainText('Live')
  await page.goto(`/environments/${id}/containers`)
  await expect(page.getByRole('row').filter({ hasText: 'meanwhile' })).toBeVisible()
  await second.docker(['rm', 'meanwhile'])
})

test('is removed only by typing its name, and its engine does not notice', async ({ page }) => {
  const id = await connect(second, names.removed)
  await second.docker(['create', '--name', 'survivor', 'portolan/busybox:1'])
  await page.goto(`/environments/${id}/settings`)
  await page.getByRole('button', { name: 'Remove…' }).click()
  const dialog = page.getByRole('alertdialog')
  await expect(dialog).toContainText('containers go on as they are')
  const confirm = dialog.getByRole('button', { name: `Remove ${names.removed}` })
  await expect(confirm).toHaveAttribute('aria-disabled', 'true')
  await dialog.getByRole('textbox').fill('old')
  await expect(confirm).toHaveAttribute('aria-disabled', 'true')
  await dialog.getByRole('textbox').fill(names.removed)
  await confirm.click()
  await expect(page).toHaveURL(/\/environments$/)
  await expect(page.getByRole('row').filter({ hasText: names.removed })).toHaveCount(0)
  expect(await second.docker(['ps', '--all', '--format', '{{.Names}}'])).toContain('survivor')
  await page.goto('/changes?q=old-quay')
  await expect(page.getByText(`Remove environment ${names.removed}`).first()).toBeVisible()
  await second.docker(['rm', 'survivor'])
})
