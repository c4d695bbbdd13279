import { activitiesOf, choose, confirm, dialog, menuOf, stateOf } from './acting.ts'
import { screenshots } from './fixtures.ts'
import { docker, expect, openList, rowOf, test, visit } from './harbour.ts'
import { makePerson, signedInAs } from './people.ts'
import { environmentName, portolan } from './portolan.ts'

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

test('a viewer sees, and is told which role an action needs; the API holds to it', async ({ browser, moorings, environment }) => {
  const name = await moorings.run('seen')
  const stop = { uid: await docker('inspect', '--format', '{{.Id}}', name), input: { graceSeconds: 0 } }
  const headers = () => ({ origin: portolan().url, 'idempotency-key': crypto.randomUUID() })
  const path = `/environments/${environment}/containers/${name}`

  const stranger = await signedInAs(browser, await makePerson({ name: 'Stranger' }))
  expect((await stranger.request.get(`/api${path}`)).status(), 'a stranger does not learn of it').toBe(404)
  expect((await stranger.request.post(`/api${path}/actions/stop`, { headers: headers(), data: stop })).status()).toBe(404)
  await stranger.close()

  const viewer = await signedInAs(browser, await makePerson({ name: 'Viewer', role: 'viewer', environment }))
  expect((await viewer.request.get(`/api${path}`)).status(), 'a viewer reads').toBe(200)
  expect((await viewer.request.post(`/api${path}/actions/stop`, { headers: headers(), data: stop })).status(), 'and acts').toBe(403)
  const page = await viewer.newPage()
  await openList(page, environment, 'containers', moorings.prefix)
  await menuOf(page, name)
  const item = page.getByRole('menuitem', { name: /^Stop/ })
  await expect(item).toHaveAttribute('aria-disabled', 'true')
  await expect(item).toContainText(`This needs the role Deployer on ${environmentName}; you hold Viewer.`)
  await screenshots(page, 'action-viewer')
  await visit(page, path)
  const button = page.getByRole('button', { name: 'Restart', exact: true }).first()
  await expect(button).toHaveAttribute('aria-disabled', 'true')
  await button.hover()
  await expect(
    page
      .getByText(/This needs the role Deployer/)
      .filter({ visible: true })
      .first(),
  ).toBeVisible()
  await viewer.close()
  expect(await stateOf(name)).toBe('running')
})
