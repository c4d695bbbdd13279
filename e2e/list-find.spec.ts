import { readFile } from 'node:fs/promises'
import { screenshots } from './fixtures.ts'
import { docker, expect, namesIn, openList, project, rowOf, test, visit } from './harbour.ts'

test.describe('a list is found in', () => {
  test('text as it is typed, facets with their counts, and everything in the address', async ({ page, context, moorings, environment }) => {
    const { prefix } = moorings
    await moorings.run('web', [...project(`${prefix}shop`, 'web'), 'web:1.4'])
    await moorings.run('worker', [...project(`${prefix}shop`, 'worker'), 'worker:2.0'])
    await moorings.run('ledger', [...project(`${prefix}bank`, 'ledger'), 'worker:2.0'])
    await docker('kill', `${prefix}-worker`)
    await visit(page, `/environments/${environment}/containers`)
    const filter = page.getByRole('searchbox', { name: 'Filter containers' })
    await filter.pressSequentially(prefix)
    await expect(namesIn(page)).toHaveCount(3)

    const facets = page.getByRole('complementary', { name: 'Facets' })
    await expect(facets.getByRole('checkbox', { name: new RegExp(`${prefix}shop\\s*2`) })).toBeVisible()
    await facets.getByRole('checkbox', { name: new RegExp(`${prefix}shop\\s*2`) }).click()
    await expect(namesIn(page)).toHaveCount(2)
    await expect(facets.getByRole('checkbox', { name: /worker:2\.0\s*1/ }), 'counts of other facets follow').toBeVisible()
    await expect(
      facets.getByRole('checkbox', { name: new RegExp(`${prefix}bank\\s*1`) }),
      'its own are those of the other choices',
    ).toBeVisible()
    await facets.getByRole('checkbox', { name: /^Healthy\s*1/ }).click()
    await expect(namesIn(page)).toHaveText([`${prefix}-web`])
    await screenshots(page, 'list-filtered')

    await page.getByRole('button', { name: 'Name', exact: true }).click()
    await page.keyboard.press('o')
    await expect(page.getByRole('dialog', { name: `${prefix}-web` })).toBeVisible()
    const other = await context.newPage()
    await visit(other, page.url())
    await expect(other.getByRole('searchbox', { name: 'Filter containers' })).toHaveValue(prefix)
    await expect(other.getByRole('dialog', { name: `${prefix}-web` })).toBeVisible()
    await expect(other.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'ascending')
    await expect(namesIn(other)).toHaveText([`${prefix}-web`])
    await other.close()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Remove the filter Project/ }).click()
    await page.getByRole('button', { name: /^Remove the filter Status/ }).click()
    await expect(namesIn(page)).toHaveCount(3)
    await filter.fill(`${prefix} nothing like that`)
    await expect(page.getByText('Nothing matches.')).toBeVisible()
    await page.getByRole('button', { name: 'Drop the text' }).click()
    await expect(namesIn(page).first()).toBeVisible()
    await expect(filter).toHaveValue('')
  })

  test('a column, a sign and a value typed become a filter', async ({ page, moorings, environment }) => {
    await moorings.run('web', [...project(`${moorings.prefix}shop`, 'web'), 'web:1.4'])
    await moorings.run('ledger', [...project(`${moorings.prefix}bank`, 'ledger'), 'worker:2.0'])
    await openList(page, environment, 'containers', moorings.prefix)
    const filter = page.getByRole('searchbox', { name: 'Filter containers' })
    await filter.fill(`project = ${moorings.prefix}bank`)
    await filter.press('Enter')
    await expect(page).toHaveURL(/f=project/)
    await expect(namesIn(page)).toHaveText([`${moorings.prefix}-ledger`])
    await filter.press('Backspace')
    await expect(page).not.toHaveURL(/f=project/)
  })

  test('sorted by each column, up, down and back', async ({ page, moorings, environment }) => {
    const { prefix } = moorings
    await docker('network', 'create', `${prefix}-anchorage`)
    await moorings.run('b', [...project(`${prefix}x`, 'beta'), '--network', 'none', 'web:1.4'], ['sh', '-c', 'exit 1'])
    await moorings.run('c', [...project(`${prefix}y`, 'alpha'), '--network', `${prefix}-anchorage`, '--publish', '127.0.0.1::80', 'db:16'])
    await moorings.run('a', [...project(`${prefix}z`, 'gamma'), 'worker:2.0'])
    await docker('pause', `${prefix}-a`)
    await openList(page, environment, 'containers', prefix)
    await expect(rowOf(page, `${prefix}-a`)).toContainText('Paused')
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('checkbox', { name: 'Networks' }).click()
    await page.keyboard.press('Escape')
    const orders: Record<string, string> = { Status: 'bca', Name: 'abc', Project: 'bca', Service: 'cba', Image: 'cba', Networks: 'abc' }
    const usual = 'bca'
    for (const [title, up] of Object.entries(orders)) {
      const head = page.getByRole('columnheader', { name: title, exact: true })
      const isUsual = title === 'Status'
      if (!isUsual) await head.getByRole('button').click()
      await expect(head).toHaveAttribute('aria-sort', 'ascending')
      await expect(namesIn(page), `${title} up`).toHaveText([...up].map((name) => `${prefix}-${name}`))
      await head.getByRole('button').click()
      await expect(head).toHaveAttribute('aria-sort', 'descending')
      await expect(namesIn(page), `${title} down`).toHaveText([...up].toReversed().map((name) => `${prefix}-${name}`))
      await head.getByRole('button').click()
      await expect(namesIn(page), `${title} back`).toHaveText([...usual].map((name) => `${prefix}-${name}`))
    }
    for (const title of ['Since', 'Restarts', 'Ports']) {
      const head = page.getByRole('columnheader', { name: title, exact: true })
      await head.getByRole('button').click()
      await expect(head).toHaveAttribute('aria-sort', 'ascending')
    }
    // The only one that publishes a port comes before those that have none.
    await expect(namesIn(page).first()).toHaveText(`${prefix}-c`)
  })

  test('grouped by project', async ({ page, moorings, environment }) => {
    const { prefix } = moorings
    for (const [name, of] of [
      ['one', 'shop'],
      ['two', 'bank'],
      ['three', 'shop'],
    ] as const)
      await moorings.run(name, project(`${prefix}${of}`, name))
    await openList(page, environment, 'containers', prefix)
    await page.getByRole('button', { name: 'Group' }).click()
    await page.getByRole('menuitemradio', { name: 'Project' }).click()
    await expect(page).toHaveURL(/group=project/)
    await expect(page.getByRole('grid')).toContainText(`${prefix}bank`)
    await expect(namesIn(page).first()).toHaveText(`${prefix}-two`)
    const heading = (name: string) => page.getByRole('rowgroup').getByText(`${prefix}${name}`, { exact: true }).first()
    const [bank, two, shop] = await Promise.all([
      heading('bank').boundingBox(),
      rowOf(page, `${prefix}-two`).boundingBox(),
      heading('shop').boundingBox(),
    ])
    expect(bank!.y).toBeLessThan(two!.y)
    expect(two!.y).toBeLessThan(shop!.y)
    await page.keyboard.press('Escape')
    await screenshots(page, 'list-grouped')
  })
})

test.describe('a list leaves', () => {
  test('as CSV: what the filter matches, no more', async ({ page, moorings, environment }) => {
    const { prefix } = moorings
    await moorings.run('in', project(`${prefix}shop`, 'web'))
    await moorings.run('out', project(`${prefix}bank`, 'web'))
    await openList(page, environment, 'containers', prefix, `&f=project:is:${prefix}shop`)
    await expect(namesIn(page)).toHaveCount(1)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download the 1 row as CSV' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/\.csv$/)
    const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n')
    expect(lines[0]).toMatch(/^\uFEFF?environment,kind,key,/)
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain(`${prefix}-in`)
  })
})
