import { screenshots } from './fixtures.ts'
import { askDocker, docker, expect, openList, rowOf, test, visit } from './harbour.ts'

test.describe('a list is long', () => {
  test('300 volumes: few rows in the page, all of them in reach', async ({ page, moorings, environment }) => {
    const { prefix } = moorings
    const name = (i: number) => `${prefix}-v${String(i).padStart(3, '0')}`
    await visit(page, `/environments/${environment}/volumes?q=${prefix}&sort=name`)
    for (let i = 0; i < 300; i += 20)
      await Promise.all(Array.from({ length: 20 }, (_, j) => askDocker('/volumes/create', { Name: name(i + j) })))
    const grid = page.getByRole('grid')
    await expect(grid).toHaveAttribute('aria-rowcount', '301')
    await expect(page.getByRole('row')).not.toHaveCount(301)
    const drawn = () => page.getByRole('row').count()
    expect(await drawn()).toBeLessThan(70)
    await rowOf(page, name(0)).focus()
    await page.keyboard.press('End')
    await expect(rowOf(page, name(299))).toBeFocused()
    expect(await drawn()).toBeLessThan(70)
    await page.keyboard.press('Home')
    await expect(rowOf(page, name(0))).toBeFocused()
    await grid.hover()
    await page.mouse.wheel(0, 5_000)
    await expect(rowOf(page, name(0))).toHaveCount(0)
    await expect(page.getByRole('row').nth(12).getByRole('link')).toHaveText(new RegExp(`^${prefix}-v`))
    await page.mouse.wheel(0, 50_000)
    await expect(rowOf(page, name(299))).toBeInViewport()
    expect(await drawn()).toBeLessThan(70)
    await screenshots(page, 'list-long')
  })

  test('what fails is marked on the scroll track at its place, and a click leads there', async ({ page, moorings, environment }) => {
    const { prefix } = moorings
    const name = (i: number) => `${prefix}-c${String(i).padStart(2, '0')}`
    const asleep = { Image: 'portolan/busybox:1', Cmd: ['true'] }
    for (let i = 0; i < 80; i += 10)
      await Promise.all(Array.from({ length: 10 }, (_, j) => askDocker(`/containers/create?name=${name(i + j)}`, asleep)))
    // By name the first is the 41st of 82, the other the 72nd.
    for (const after of [39, 69]) await moorings.run(`c${after}-broken`, [], ['sh', '-c', 'exit 1'])
    await openList(page, environment, 'containers', prefix, '&sort=name')
    const track = page.locator('[data-ruler]')
    const marks = track.locator('[data-health]')
    await expect(page.getByText('In the whole list of 82: 2 failing, 0 degraded, 0 moving')).toBeAttached()
    await expect(marks).toHaveCount(2)
    const whole = (await track.boundingBox())!
    const shareOf = async (i: number) => ((await marks.nth(i).boundingBox())!.y - whole.y) / whole.height
    expect(await shareOf(0)).toBeCloseTo(40 / 82, 1)
    expect(await shareOf(1)).toBeCloseTo(71 / 82, 1)
    await expect(rowOf(page, `${prefix}-c69-broken`)).not.toBeInViewport()
    await marks.nth(1).click()
    await expect(rowOf(page, `${prefix}-c69-broken`)).toBeInViewport()
    await screenshots(page, 'list-ruler')
    await track.click({ position: { x: 6, y: 2 } })
    await expect(rowOf(page, name(0))).toBeInViewport()

    await page.getByRole('columnheader', { name: 'Status' }).getByRole('button').click()
    await expect(rowOf(page, `${prefix}-c39-broken`)).toBeInViewport()
    await expect.poll(() => shareOf(1), 'worst first they stand together, on top').toBeLessThan(0.03)
    await docker('rm', '--force', `${prefix}-c39-broken`)
    await expect(page.getByText('In the whole list of 81: 1 failing, 0 degraded, 0 moving')).toBeAttached()
    await page.setViewportSize({ width: 390, height: 844 })
    await expect(track).toHaveCount(0)
  })
})
