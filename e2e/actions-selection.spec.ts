import { confirm, dialog, stateOf } from './acting.ts'
import { screenshots } from './fixtures.ts'
import { docker, expect, openList, rowOf, test, visit } from './harbour.ts'

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
