import { screenshots } from './fixtures.ts'
import { docker, expect, openList, percentiles, rowOf, seenAt, test, visit } from './harbour.ts'

const runs = 20

test.describe('a list is live', () => {
  test('what is run, renamed and removed in a shell is so on the screen, without a reload', async ({ page, moorings, environment }) => {
    await openList(page, environment, 'containers', moorings.prefix)
    await expect(page.getByText('Nothing matches.')).toBeVisible()
    const name = await moorings.run('first')
    await expect(rowOf(page, name)).toContainText('Running')
    await expect(page.getByText('Live', { exact: true }), 'said once').toHaveCount(1)
    await docker('rename', name, `${moorings.prefix}-second`)
    await expect(rowOf(page, `${moorings.prefix}-second`)).toBeVisible()
    await expect(rowOf(page, name)).toHaveCount(0)
    await docker('stop', `${moorings.prefix}-second`)
    await expect(rowOf(page, `${moorings.prefix}-second`)).not.toContainText('Running')
    await docker('rm', '--force', `${moorings.prefix}-second`)
    await expect(rowOf(page, `${moorings.prefix}-second`)).toHaveCount(0)
  })

  test('docker run is on the screen at once', async ({ page, moorings, environment }, info) => {
    test.setTimeout(120_000)
    await moorings.run('anchor')
    await openList(page, environment, 'containers', moorings.prefix)
    const appears: number[] = []
    const running: number[] = []
    for (let i = 0; i < runs; i++) {
      const name = `${moorings.prefix}-run${i}.`
      const seen = Promise.all([seenAt(page, '', name), seenAt(page, 'Running', name)])
      await moorings.run(`run${i}.`)
      const [there, up] = await seen
      const [made, started] = (await docker('inspect', '--format', '{{.Created}} {{.State.StartedAt}}', name)).split(' ')
      appears.push(there - Date.parse(made!))
      running.push(up - Date.parse(started!))
    }
    const said = [`made → on the screen: ${percentiles(appears)}`, `started → “Running” on the screen: ${percentiles(running)}`]
    for (const line of said) console.log(`  docker run: ${line}`)
    info.annotations.push(...said.map((description) => ({ type: 'measured', description })))
  })
})

test('the whole fleet in one list, with where each thing is', async ({ page, moorings }) => {
  const name = await moorings.run('somewhere')
  await visit(page, `/inventory/instance?q=${moorings.prefix}`)
  await expect(page.getByRole('columnheader', { name: 'Environment' })).toBeVisible()
  await expect(rowOf(page, name)).toContainText('harbour')
  await screenshots(page, 'fleet')
})
