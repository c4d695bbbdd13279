import type { APIRequestContext, Page } from '@playwright/test'
import pg from 'pg'
import { hashPassword } from '#lib/access/passwords.ts'
import { embeddedDatabaseUrl } from '#lib/settings.ts'
import { screenshots } from './fixtures.ts'
import { docker, expect, openList, rowOf, test, visit } from './harbour.ts'
import { environmentName, portolan } from './portolan.ts'

const stateOf = (name: string) => docker('inspect', '--format', '{{.State.Status}}', name)
const toast = (page: Page, text: string) => page.getByRole('region', { name: 'Notifications' }).getByText(text)

async function menuOf(page: Page, name: string): Promise<void> {
  await rowOf(page, name).hover()
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
}
/** Chooses an action of a row from its menu. */
async function choose(page: Page, name: string, action: string): Promise<void> {
  await menuOf(page, name)
  await page.getByRole('menuitem', { name: new RegExp(`^${action}…?$`) }).click()
  // The pointer holds the order of the rows still; it goes where it holds nothing.
  await page.mouse.move(700, 5)
}
// Toasts are dialogs too, but hold nobody up.
const dialog = (page: Page) => page.getByRole('dialog').or(page.getByRole('alertdialog')).and(page.locator('[data-modal]'))
const confirm = (page: Page, label: string) => dialog(page).getByRole('button', { name: label, exact: true }).click()

/** What Portolan wrote down about a thing, newest first. */
async function activitiesOf(
  request: APIRequestContext,
  key: string,
): Promise<{ verb: string; outcome: string; why: string | null; key: string | null }[]> {
  const { rows } = (await (await request.get('/api/activities?limit=1000')).json()) as {
    rows: { verb: string; outcome: string; why: string | null; key: string | null }[]
  }
  return rows.filter((row) => row.key === key)
}

test.describe('one container', () => {
  test('is stopped with a grace, taken back, restarted, paused, killed, renamed and removed; all of it is written down', async ({
    page,
    moorings,
    environment,
  }) => {
    test.setTimeout(120_000)
    // Does not hear SIGTERM, so that only the grace ends it.
    const name = await moorings.run('ship', ['--stop-signal', 'TERM', '--volume', '/cargo'])
    const volume = await docker('inspect', '--format', '{{(index .Mounts 0).Name}}', name)
    await openList(page, environment, 'containers', moorings.prefix)

    await choose(page, name, 'Stop')
    await expect(dialog(page).getByLabel('Grace, seconds')).toHaveValue('10')
    await dialog(page).getByLabel('Grace, seconds').fill('1')
    await screenshots(page, 'action-stop')
    await confirm(page, `Stop ${name}`)
    await expect(toast(page, `Stop ${name}: done`)).toBeVisible()
    await expect(rowOf(page, name)).not.toContainText('Running')
    expect(await stateOf(name)).toBe('exited')
    await page.getByRole('button', { name: 'Undo' }).first().click()
    await expect(rowOf(page, name)).toContainText('Running')

    const startedAt = await docker('inspect', '--format', '{{.State.StartedAt}}', name)
    await choose(page, name, 'Restart')
    await dialog(page).getByLabel('Grace, seconds').fill('0')
    await confirm(page, `Restart ${name}`)
    await expect(toast(page, `Restart ${name}: done`)).toBeVisible()
    expect(await docker('inspect', '--format', '{{.State.StartedAt}}', name)).not.toBe(startedAt)

    await choose(page, name, 'Pause')
    await expect(rowOf(page, name)).toContainText('Paused')
    await choose(page, name, 'Unpause')
    await expect(rowOf(page, name)).toContainText('Running')

    await choose(page, name, 'Kill')
    await confirm(page, `Kill ${name}`)
    await expect(rowOf(page, name)).not.toContainText('Running')
    await choose(page, name, 'Start')
    await expect(rowOf(page, name)).toContainText('Running')

    await choose(page, name, 'Rename')
    const renamed = `${moorings.prefix}-vessel`
    await dialog(page).getByLabel('New name').fill(renamed)
    await confirm(page, `Rename ${name}`)
    await expect(rowOf(page, renamed)).toBeVisible()

    await docker('exec', renamed, 'sh', '-c', 'head -c 300000 /dev/zero > /logbook')
    await choose(page, renamed, 'Remove')
    await expect(dialog(page)).toContainText('What it wrote outside of volumes is erased (0.3 MB).')
    await expect(dialog(page)).toContainText('Its logs are erased.')
    await expect(dialog(page)).toContainText('Its anonymous volume is erased if you ask for it')
    const last = dialog(page).getByRole('button', { name: `Remove ${renamed}` })
    await expect(last, 'not without its name').toHaveAttribute('aria-disabled', 'true')
    await dialog(page)
      .getByLabel(/Also its anonymous volumes/)
      .check()
    await dialog(page)
      .getByLabel(/By force/)
      .check()
    await dialog(page)
      .getByLabel(/Type .* to go on/)
      .fill(renamed)
    await screenshots(page, 'action-remove')
    await last.click()
    await expect(toast(page, `Remove ${renamed}: done`)).toBeVisible()
    await expect(rowOf(page, renamed)).toHaveCount(0)
    expect(await docker('ps', '--all', '--quiet', '--filter', `name=${renamed}`)).toBe('')
    expect(await docker('volume', 'ls', '--quiet')).not.toContain(volume)

    await visit(page, `/changes?q=${moorings.prefix}`)
    for (const what of [
      `Stop ${name}`,
      `Start ${name}`,
      `Restart ${name}`,
      `Pause ${name}`,
      `Unpause ${name}`,
      `Kill ${name}`,
      `Rename ${name}`,
      `Remove ${renamed}`,
    ]) {
      const line = page.getByRole('main').getByRole('listitem').filter({ hasText: what }).filter({ hasText: 'Ada Lovelace' }).first()
      await expect(line, what).toContainText('Done')
      await expect(line).toContainText(environmentName)
      await expect(line.locator('time').first()).toBeVisible()
    }
    await screenshots(page, 'changes-actions')
  })

  test('cannot be asked for what its state forbids, and it says why', async ({ page, moorings, environment }) => {
    const name = await moorings.run('busy')
    await openList(page, environment, 'containers', moorings.prefix)
    await menuOf(page, name)
    const start = page.getByRole('menuitem', { name: /^Start/ })
    await expect(start).toHaveAttribute('aria-disabled', 'true')
    await expect(start).toContainText('It is already running.')
    await expect(page.getByRole('menuitem', { name: /^Unpause/ })).toContainText('It is not paused.')
    await start.click({ force: true })
    await screenshots(page, 'action-menu')
    await page.keyboard.press('Escape')
    expect(await activitiesOf(page.request, name)).toEqual([])
    await rowOf(page, name).getByRole('checkbox').click()
    const button = page.getByRole('toolbar', { name: '1 selected' }).getByRole('button', { name: 'Start', exact: true })
    await expect(button).toHaveAttribute('aria-disabled', 'true')
    await button.hover()
    await expect(page.getByText('It is already running.').filter({ visible: true }).first()).toBeVisible()
  })

  test('is acted on once by a double click', async ({ page, moorings, environment }) => {
    const name = await moorings.run('once')
    await docker('kill', name)
    await visit(page, `/environments/${environment}/containers/${name}`)
    await page.getByRole('button', { name: 'Start', exact: true }).dblclick()
    await expect(toast(page, `Start ${name}: done`)).toBeVisible()
    expect((await activitiesOf(page.request, name)).map(({ verb, outcome }) => [verb, outcome])).toEqual([['resource.start', 'succeeded']])
    await page.getByRole('button', { name: 'Restart', exact: true }).click()
    await dialog(page).getByLabel('Grace, seconds').fill('0')
    await dialog(page)
      .getByRole('button', { name: `Restart ${name}` })
      .dblclick()
    await expect(toast(page, `Restart ${name}: done`)).toBeVisible()
    await expect.poll(async () => (await activitiesOf(page.request, name)).filter(({ verb }) => verb === 'resource.restart').length).toBe(1)
  })

  test('tells what the engine said when it refused', async ({ page, moorings, environment }) => {
    const name = await moorings.run('one')
    const other = await moorings.run('two')
    await openList(page, environment, 'containers', moorings.prefix)
    await choose(page, name, 'Rename')
    await dialog(page).getByLabel('New name').fill(other)
    await confirm(page, `Rename ${name}`)
    await expect(toast(page, `Rename ${name}: failed.`)).toBeVisible()
    await expect(page.getByText(/is already in use by container/).first()).toBeVisible()
    await screenshots(page, 'action-failed')
    await visit(page, `/changes?q=${name}`)
    const line = page
      .getByRole('main')
      .getByRole('listitem')
      .filter({ hasText: `Rename ${name}` })
      .first()
    await expect(line).toContainText('Failed')
    await line.getByRole('button', { name: /Show details/ }).click()
    await expect(line).toContainText(/is already in use by container/)
    await expect(line).toContainText(other)
  })
})

test.describe('a selection', () => {
  test('is acted on row by row, and each row says what became of it', async ({ page, moorings, environment }) => {
    for (const name of ['a', 'b', 'c']) await moorings.run(name)
    await docker('kill', `${moorings.prefix}-b`)
    await openList(page, environment, 'containers', moorings.prefix, '&sort=name')
    await page.getByRole('checkbox', { name: 'Select all 3 that match' }).click()
    await page.getByRole('toolbar').getByRole('button', { name: 'Stop', exact: true }).click()
    await expect(dialog(page)).toContainText('All 3 that match the filters now.')
    await dialog(page).getByLabel('Grace, seconds').fill('0')
    await confirm(page, 'Stop 3 containers')
    const result = page.getByRole('dialog', { name: 'Stop: 2 of 3 done' })
    await expect(result).toBeVisible()
    await expect(result.getByRole('listitem').first()).toContainText(`${moorings.prefix}-b`)
    await expect(result.getByRole('listitem').first()).toContainText('It is not running.')
    await expect(result.getByText('done', { exact: true })).toHaveCount(2)
    await screenshots(page, 'action-batch')
    for (const name of ['a', 'b', 'c']) expect(await stateOf(`${moorings.prefix}-${name}`)).toBe('exited')
    await visit(page, '/changes')
    await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: 'Stop on 3 things' }).first()).toContainText(
      '2 done, 1 failed',
    )
  })

  test('is removed only after its number was typed', async ({ page, moorings, environment }) => {
    const { prefix } = moorings
    for (const name of ['x', 'y']) await docker('volume', 'create', `${prefix}-${name}`)
    await openList(page, environment, 'volumes', prefix)
    // What comes after the first tick waits behind "new": the order is held while somebody selects.
    await expect(rowOf(page, `${prefix}-y`)).toBeVisible()
    await rowOf(page, `${prefix}-x`).getByRole('checkbox').click()
    await rowOf(page, `${prefix}-y`).getByRole('checkbox').click()
    await page.getByRole('toolbar', { name: '2 selected' }).getByRole('button', { name: 'Remove' }).click()
    await dialog(page)
      .getByLabel(/Type .* to go on/)
      .fill('2 volumes')
    await confirm(page, 'Remove 2 volumes')
    await expect(page.getByRole('dialog', { name: 'Remove: 2 of 2 done' })).toBeVisible()
    expect(await docker('volume', 'ls', '--quiet', '--filter', `name=${prefix}`)).toBe('')
  })
})

test('images, volumes and networks are removed, when nothing uses them', async ({ page, moorings, environment }) => {
  const { prefix } = moorings
  await docker('volume', 'create', `${prefix}-spare`)
  await docker('network', 'create', `${prefix}-quay`)
  const user = await moorings.run('user', ['--volume', `${prefix}-held:/data`])
  await docker('commit', user, `${prefix}-copy:1`)
  const remove = async (kind: string, name: string) => {
    await openList(page, environment, kind, prefix)
    await choose(page, name, 'Remove')
    await dialog(page)
      .getByLabel(/Type .* to go on/)
      .fill(name)
    await confirm(page, `Remove ${name}`)
    await expect(toast(page, `Remove ${name}: done`)).toBeVisible()
    await expect(rowOf(page, name)).toHaveCount(0)
  }
  await openList(page, environment, 'volumes', prefix)
  await menuOf(page, `${prefix}-held`)
  await expect(page.getByRole('menuitem', { name: /^Remove/ })).toContainText('Containers mount it: remove them first.')
  await remove('volumes', `${prefix}-spare`)
  await remove('networks', `${prefix}-quay`)
  await remove('images', `${prefix}-copy:1`)
  expect(await docker('image', 'ls', '--quiet', `${prefix}-copy`)).toBe('')
})

test('a protected environment asks for a reason before every change', async ({ page, moorings, environment }) => {
  const name = await moorings.run('guarded')
  const patch = (isProtected: boolean) =>
    page.request.patch(`/api/environments/${environment}`, {
      headers: { origin: portolan().url },
      data: { protected: isProtected, why: 'a drill' },
    })
  expect((await patch(true)).status()).toBe(200)
  try {
    await openList(page, environment, 'containers', moorings.prefix)
    await choose(page, name, 'Pause')
    await expect(dialog(page)).toContainText(`In ${environmentName}, protected.`)
    await confirm(page, `Pause ${name}`)
    await expect(dialog(page)).toContainText('A reason is needed in a protected environment.')
    await screenshots(page, 'action-protected')
    await dialog(page).getByLabel('Reason').fill('the tide is wrong')
    await confirm(page, `Pause ${name}`)
    await expect(rowOf(page, name)).toContainText('Paused')
    const refused = await page.request.post(`/api/environments/${environment}/containers/${name}/actions/unpause`, {
      headers: { origin: portolan().url, 'idempotency-key': crypto.randomUUID() },
      data: { uid: await docker('inspect', '--format', '{{.Id}}', name) },
    })
    expect(refused.status(), 'the API asks as well').toBe(400)
    expect((await activitiesOf(page.request, name)).find(({ verb }) => verb === 'resource.pause')?.why).toBe('the tide is wrong')
  } finally {
    expect((await patch(false)).status()).toBe(200)
  }
})

test.describe('a viewer', () => {
  const password = 'only looking at the sea'
  /** Somebody who signs in with this password; their roles are given as rows. */
  async function makePerson(login: string, roles: { role: string; environment: string | null }[]): Promise<void> {
    const client = new pg.Client(embeddedDatabaseUrl(portolan().dataDir))
    await client.connect()
    try {
      const { rows } = await client.query<{ id: string }>(
        'INSERT INTO users (id, login, name, password_hash) VALUES (gen_random_uuid(), $1, $1, $2) RETURNING id',
        [login, await hashPassword(password)],
      )
      for (const { role, environment } of roles)
        await client.query(
          'INSERT INTO role_bindings (id, user_id, role, environment_id, namespaces) VALUES (gen_random_uuid(), $1, $2, $3, $4)',
          [rows[0]!.id, role, environment, []],
        )
    } finally {
      await client.end()
    }
  }
  const removePerson = async (login: string) => {
    const client = new pg.Client(embeddedDatabaseUrl(portolan().dataDir))
    await client.connect()
    await client.query('DELETE FROM users WHERE login = $1', [login])
    await client.end()
  }

  test('sees, and is told which role an action needs; the API holds to it', async ({ browser, moorings, environment }) => {
    const name = await moorings.run('seen')
    const [viewer, stranger] = [`${moorings.prefix}-viewer`, `${moorings.prefix}-stranger`]
    await makePerson(viewer, [{ role: 'viewer', environment }])
    await makePerson(stranger, [])
    try {
      for (const [login, status] of [
        [viewer, 200],
        [stranger, 403],
      ] as const) {
        const context = await browser.newContext({ storageState: undefined, locale: 'en-GB', baseURL: portolan().url })
        const page = await context.newPage()
        await visit(page, '/sign-in')
        await page.getByLabel('Account').fill(login)
        await page.getByLabel('Password', { exact: true }).fill(password)
        await page.getByRole('button', { name: 'Sign in' }).click()
        await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
        const answer = await page.request.post(`/api/environments/${environment}/containers/${name}/actions/stop`, {
          headers: { origin: portolan().url, 'idempotency-key': crypto.randomUUID() },
          data: { uid: await docker('inspect', '--format', '{{.Id}}', name), input: { graceSeconds: 0 } },
        })
        expect(answer.status(), `${login} acts`).toBe(403)
        const read = await page.request.get(`/api/environments/${environment}/containers/${name}`)
        expect(read.status(), `${login} reads`).toBe(status)
        if (login === viewer) {
          await openList(page, environment, 'containers', moorings.prefix)
          await menuOf(page, name)
          const stop = page.getByRole('menuitem', { name: /^Stop/ })
          await expect(stop).toHaveAttribute('aria-disabled', 'true')
          await expect(stop).toContainText(`This needs the role Deployer on ${environmentName}; you hold Viewer.`)
          await screenshots(page, 'action-viewer')
          await visit(page, `/environments/${environment}/containers/${name}`)
          const button = page
            .getByRole('button', { name: 'Restart' })
            .or(page.getByRole('button', { name: 'Stop' }))
            .first()
          await expect(button).toHaveAttribute('aria-disabled', 'true')
          await button.hover()
          await expect(
            page
              .getByText(/This needs the role Deployer/)
              .filter({ visible: true })
              .first(),
          ).toBeVisible()
        }
        await context.close()
      }
      expect(await stateOf(name)).toBe('running')
    } finally {
      await removePerson(viewer)
      await removePerson(stranger)
    }
  })
})

test('in French', async ({ browser, page, moorings, environment }) => {
  const name = await moorings.run('navire')
  const context = await browser.newContext({ locale: 'fr-FR', storageState: await page.context().storageState() })
  const french = await context.newPage()
  await visit(french, `/environments/${environment}/containers/${name}`)
  await french.getByRole('button', { name: 'Arrêter', exact: true }).click()
  await expect(dialog(french)).toContainText(name)
  await dialog(french).getByRole('spinbutton').fill('0')
  await screenshots(french, 'action-french')
  await dialog(french)
    .getByRole('button', { name: /Arrêter/ })
    .click()
  await expect(french.getByText(/Arrêter .* : fait|terminé|Arrêter .*/).first()).toBeVisible()
  await expect.poll(() => stateOf(name)).toBe('exited')
  await context.close()
})
