import { activitiesOf, choose, confirm, dialog, menuOf, stateOf, toast } from './acting.ts'
import { screenshots } from './fixtures.ts'
import { docker, expect, openList, rowOf, test, visit } from './harbour.ts'
import { environmentName } from './portolan.ts'

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
