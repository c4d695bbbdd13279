import AxeBuilder from '@axe-core/playwright'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { screenshots } from './fixtures.ts'
import { docker, expect, test, visit } from './harbour.ts'
import { makePerson, signedInAs } from './people.ts'
import { portolan } from './portolan.ts'

const run = promisify(execFile)
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString()

/** What docs/api.md tells people to type, a block for each task. */
async function tasksOfTheDocument(): Promise<string[]> {
  const text = await readFile(join(import.meta.dirname, '../docs/api.md'), 'utf8')
  return text
    .split('\n### ')
    .slice(1)
    .map((task) => /```sh\n([^]*?)```/.exec(task)?.[1] ?? '')
}

test('a token is made, shown once, used, listed, and revoked', async ({ browser, playwright }) => {
  const person = await makePerson({ name: 'Katia', role: 'operator' })
  const context = await signedInAs(browser, person)
  const page = await context.newPage()
  await visit(page, '/settings')
  await page.getByRole('button', { name: 'New token' }).click()
  await page.getByRole('button', { name: 'Make the token' }).click()
  await expect(page.getByText('Type a name.')).toBeVisible()
  await page.getByLabel('Name', { exact: true }).last().fill('ci-deploy')
  await expect(page.getByLabel('At most').getByRole('option')).toHaveText(['Viewer', 'Deployer', 'Operator'])
  await page.getByLabel('Expires').selectOption('on a date …')
  await page.getByRole('button', { name: 'Make the token' }).click()
  await expect(page.getByText('Choose a day within a year.')).toBeVisible()
  await page.getByLabel('Expires').selectOption('in 30 days')
  await screenshots(page, 'tokens-form')
  await page.getByRole('button', { name: 'Make the token' }).click()
  const secret = await page.getByLabel('API token', { exact: true }).inputValue()
  expect(secret).toMatch(/^ptl_[0-9a-f]{16}_[\w-]{43}$/)
  await page.getByLabel('API token', { exact: true }).scrollIntoViewIfNeeded()
  await screenshots(page, 'tokens-shown')
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await page.getByRole('button', { name: 'Done' }).click()
  await page.reload()
  const row = page.getByRole('listitem').filter({ hasText: 'ci-deploy' })
  await expect(row).toContainText('Last used never')
  expect(await page.content(), 'shown once').not.toContain(secret.slice(-43))

  const program = await playwright.request.newContext({ baseURL: portolan().url, extraHTTPHeaders: { authorization: `Bearer ${secret}` } })
  expect(await (await program.get('/api/me')).json()).toMatchObject({ login: person.login, bindings: [{ role: 'viewer' }] })
  expect((await program.patch('/api/me', { data: { name: 'Katia Krafft' } })).status()).toBe(200)
  expect((await program.get('/api/tokens')).status()).toBe(403)
  await visit(page, '/changes')
  await expect(page.getByText('Katia through token ci-deploy').first()).toBeVisible()

  await visit(page, '/settings')
  await row.getByRole('button', { name: 'Revoke the token ci-deploy' }).click()
  await expect(row.getByText('cannot be brought back')).toBeVisible()
  await row.getByRole('button', { name: 'Revoke', exact: true }).click()
  await expect(page.getByText('No token yet.')).toBeVisible()
  expect((await program.get('/api/me')).status()).toBe(401)
  await program.dispose()
  await context.close()
})

test('what the page of the API tells people to type does what it says', async ({ page, moorings, environment }) => {
  const name = await moorings.run('talks', [], ['sh', '-c', 'seq 1500; sleep 100000'])
  const broken = await moorings.run('broken', [], ['sh', '-c', 'exit 3'])
  const answer = await page.request.post('/api/tokens', {
    headers: { origin: portolan().url },
    data: { name: 'docs', role: 'deployer', expiresAt: inAnHour() },
  })
  const { secret } = (await answer.json()) as { secret: string }
  const folder = await mkdtemp(join(tmpdir(), 'portolan-api-'))
  const env = { ...process.env, PORTOLAN: portolan().url, TOKEN: secret, ENVIRONMENT: environment, CONTAINER: name }
  const type = async (commands: string) => (await run('bash', ['-euc', commands], { cwd: folder, env })).stdout
  try {
    const tasks = await tasksOfTheDocument()
    expect(tasks).toHaveLength(3)
    const [list, restart, log] = tasks as [string, string, string]
    const listed = async () => (JSON.parse(await type(list)) as { rows: { name: string }[] }).rows.map((row) => row.name)
    await expect.poll(listed).toContain(broken)
    expect(await listed()).not.toContain(name)
    const known = await page.request.get(`/api/environments/${environment}/containers/${name}`)
    expect(known.status()).toBe(200)
    await type(log)
    const lines = (await readFile(join(folder, `${name}.log`), 'utf8')).trimEnd().split('\n')
    expect(lines.map((line) => line.split(' ')[1])).toEqual(Array.from({ length: 1_000 }, (_, n) => String(n + 501)))
    const began = await docker('inspect', '--format', '{{.State.StartedAt}}', name)
    expect((await type(restart)).trim()).toBe('succeeded')
    expect(await docker('inspect', '--format', '{{.State.StartedAt}}', name)).not.toBe(began)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
