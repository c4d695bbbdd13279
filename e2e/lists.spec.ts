import { readFile } from 'node:fs/promises'
import { screenshots } from './fixtures.ts'
import { askDocker, docker, expect, namesIn, openList, percentiles, rowOf, seenAt, test, visit } from './harbour.ts'

const runs = 20

const project = (name: string, service: string) => [
  '--label',
  `com.docker.compose.project=${name}`,
  '--label',
  `com.docker.compose.service=${service}`,
]

test.describe('a list is live', () => {
  test('what is run, renamed and removed in a shell is so on the screen, without a reload', async ({ page, moorings, environment }) => {
    await openList(page, environment, 'containers', moorings.prefix)
    await expect(page.getByText('Nothing matches.')).toBeVisible()
    const name = await moorings.run('first')
    await expect(rowOf(page, name)).toContainText('Running')
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

test.describe('a list is one’s own', () => {
  test('columns are chosen, and stay so after a reload', async ({ page, moorings, environment }) => {
    await moorings.run('one', ['--memory', '32m'])
    await openList(page, environment, 'containers', moorings.prefix)
    const heads = page.getByRole('columnheader')
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('checkbox', { name: 'Networks' }).click()
    await page.getByRole('checkbox', { name: 'Memory limit' }).click()
    await page.getByRole('button', { name: 'Move Service up' }).click()
    await page.keyboard.press('Escape')
    const mine = async () => {
      await expect(heads.filter({ hasText: 'Networks' })).toHaveCount(0)
      await expect(rowOf(page, `${moorings.prefix}-one`)).toContainText(/32\sMiB/)
      const titles = await heads.allInnerTexts()
      expect(titles.indexOf('Service')).toBeLessThan(titles.indexOf('Project'))
    }
    await mine()
    await page.reload()
    await mine()
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('button', { name: 'As they were' }).click()
    await expect(heads.filter({ hasText: 'Networks' })).toHaveCount(1)
  })

  test('in French', async ({ browser, page, moorings, environment }) => {
    await moorings.run('une', project(`${moorings.prefix}atelier`, 'web'))
    const context = await browser.newContext({ locale: 'fr-FR', storageState: await page.context().storageState() })
    const french = await context.newPage()
    await visit(french, `/environments/${environment}/containers?q=${moorings.prefix}`)
    await expect(french.getByRole('searchbox', { name: /Filtrer/ })).toHaveValue(moorings.prefix)
    await expect(french.getByRole('columnheader', { name: 'Projet' })).toBeVisible()
    await expect(french.getByText('En direct').first()).toBeVisible()
    await french.getByRole('button', { name: 'Grouper' }).click()
    await expect(french.getByRole('menuitemradio', { name: 'Sans groupes' })).toBeVisible()
    await context.close()
  })
})

test.describe('a list is driven by keys', () => {
  test('arrows and letters move, choose, open and let go', async ({ page, moorings, environment }) => {
    const { prefix } = moorings
    for (const name of ['a', 'b', 'c', 'd']) await moorings.run(name)
    await openList(page, environment, 'containers', prefix, '&sort=name')
    await expect(namesIn(page)).toHaveCount(4)
    const row = (name: string) => rowOf(page, `${prefix}-${name}`)
    await page.keyboard.press('j')
    await expect(row('b')).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(row('c')).toBeFocused()
    await page.keyboard.press('k')
    await page.keyboard.press('ArrowUp')
    await expect(row('a')).toBeFocused()
    await page.keyboard.press('End')
    await expect(row('d')).toBeFocused()
    await page.keyboard.press('Home')

    await page.keyboard.press('x')
    await expect(row('a')).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('Shift+X')
    await expect(page.getByRole('toolbar', { name: '3 selected' })).toBeVisible()
    await row('b').click({ modifiers: ['ControlOrMeta'], position: { x: 400, y: 10 } })
    await row('d').click({ modifiers: ['Shift'], position: { x: 400, y: 10 } })
    await expect(page.getByRole('toolbar', { name: '4 selected' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('toolbar', { name: /selected/ })).toHaveCount(0)
    await page.getByRole('checkbox', { name: 'Select all 4 that match' }).click()
    await expect(page.getByRole('toolbar', { name: '4 selected' })).toContainText('all 4 selected')
    await screenshots(page, 'list-selected')
    await page.getByRole('button', { name: 'Clear the selection' }).click()

    await row('c').click({ position: { x: 400, y: 10 } })
    await page.keyboard.press('o')
    await expect(page.getByRole('dialog', { name: `${prefix}-c` })).toBeVisible()
    await screenshots(page, 'list-drawer')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await page.keyboard.press('l')
    await expect(page.getByRole('button', { name: new RegExp(`log.*${prefix}-c`, 'i') }).first()).toBeVisible()
    await page.keyboard.press('/')
    await expect(page.getByRole('searchbox', { name: 'Filter containers' })).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(row('c')).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(new RegExp(`/containers/${prefix}-c$`))
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
})

test('the whole fleet in one list, with where each thing is', async ({ page, moorings }) => {
  const name = await moorings.run('somewhere')
  await visit(page, `/inventory/instance?q=${moorings.prefix}`)
  await expect(page.getByRole('columnheader', { name: 'Environment' })).toBeVisible()
  await expect(rowOf(page, name)).toContainText('harbour')
  await screenshots(page, 'fleet')
})
