import type { Page } from '@playwright/test'
import { sampleSecret } from './engines/docker/sample.ts'
import { screenshots } from './fixtures.ts'
import { docker, expect, openList, rowOf, test, visit } from './harbour.ts'

const section = (page: Page, title: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) })
const serving = ['sh', '-c', 'echo "<h1>at anchor</h1>" > /www/index.html; exec httpd -f -p 80 -h /www']

test.describe('one container', () => {
  test('is told with its links, back and forth', async ({ page, moorings, environment }) => {
    const { prefix } = moorings
    await docker('network', 'create', `${prefix}-net`)
    await docker('volume', 'create', `${prefix}-data`)
    const options = ['--network', `${prefix}-net`, '--volume', `${prefix}-data:/data`, '--publish', '127.0.0.1::80', 'web:1.4']
    const name = await moorings.run('web', options, serving)
    await visit(page, `/environments/${environment}/containers/${name}`)
    await expect(page.getByRole('heading', { level: 1 })).toContainText(name)
    await expect(page.getByText(/^Running for/).first()).toBeVisible()

    const command = section(page, 'Facts').getByText(serving.at(-1)!)
    await expect(command, 'a long command is broken into lines, not cut off').toBeVisible()
    expect(await command.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0)

    const port = (await docker('port', name, '80')).split(':').at(-1)!
    const published = section(page, 'Published ports').getByRole('link')
    await expect(published).toHaveText(`${port} → 80/tcp`)
    expect(await (await page.request.get((await published.getAttribute('href'))!)).text()).toContain('at anchor')

    const related = section(page, 'Related')
    await expect(related.getByRole('link')).toHaveCount(3)
    await related.getByRole('link', { name: `${prefix}-data` }).click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText(`${prefix}-data`)
    await related.getByRole('link', { name }).click()
    await expect(page).toHaveURL(new RegExp(`/containers/${name}$`))
    await related.getByRole('link', { name: `${prefix}-net` }).click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText(`${prefix}-net`)
    await related.getByRole('link', { name }).click()
    const image = related.getByRole('listitem').filter({ hasText: 'image' }).getByRole('link')
    await expect(image, 'by the tag it was started with').toHaveText('web:1.4')
    await image.click()
    await expect(page).toHaveURL(/\/images\/sha256/)
    await expect(related.getByRole('link', { name })).toBeVisible()
    await page.goBack()
    await expect(page.getByRole('heading', { level: 1 })).toContainText(name)
  })

  test('shows its CPU and memory as they are', async ({ page, moorings, environment }) => {
    const busy = ['sh', '-c', 'while true; do i=0; while [ $i -lt 2000 ]; do i=$((i + 1)); done; sleep 0.1; done']
    const name = await moorings.run('busy', ['--cpus', '0.2', '--memory', '32m'], busy)
    await visit(page, `/environments/${environment}/containers/${name}`)
    await expect(page.getByRole('figure', { name: /^CPU: [\d.,]+\sm?cores now/ })).toBeVisible({ timeout: 20_000 })
    await expect(page.getByRole('figure', { name: /^Memory: [\d.,]+\s[KM]iB now/ })).toContainText('limit 32')
    await screenshots(page, 'detail-overview')
    const figure = page.getByRole('figure', { name: /^Memory/ })
    await figure.getByRole('button', { name: 'Show as table' }).click()
    await expect(figure.getByRole('row').nth(2), 'another sample comes by itself').toBeVisible({ timeout: 20_000 })
    await visit(page, `/environments/${environment}/containers/${name}?tab=metrics`)
    await expect(page.getByRole('figure', { name: /^Network: received .+; sent .+ in the last \d+/ })).toContainText(/received/)
    await expect(page.getByRole('figure', { name: /^Disk: / })).toContainText(/written/)
  })

  test('keeps a timeline of what the engine said and of what people did', async ({ page, moorings, environment }) => {
    const name = await moorings.run('story')
    await visit(page, `/environments/${environment}/containers/${name}?tab=timeline`)
    const line = (text: string | RegExp) => page.getByRole('main').getByRole('listitem').filter({ hasText: text })
    await docker('pause', name)
    const paused = line(`${name} is paused`)
    await expect(paused).toContainText('pause image=portolan/busybox:1')
    await page.getByRole('button', { name: 'Unpause' }).click()
    await expect(
      line(/Unpause/)
        .filter({ hasText: 'by Ada Lovelace' })
        .first(),
    ).toBeVisible()
    await page.getByRole('searchbox', { name: 'Find in the timeline' }).fill('nothing of that')
    await expect(page.getByText(/Nothing/).first()).toBeVisible()
    await page.getByRole('searchbox', { name: 'Find in the timeline' }).fill('')
    await expect(line(/Unpause/).first()).toBeVisible()
    await screenshots(page, 'detail-timeline')
    await docker('rm', '--force', name)
    await expect(page.getByText(`${name} is gone.`)).toBeVisible()
    await expect(line(/Unpause/).first(), 'what happened stays').toBeVisible()
    await expect(line(`${name} is removed`)).toHaveCount(1)
  })

  test('lays its document open and no secret in it', async ({ page, moorings, environment }) => {
    const said: string[] = []
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => said.push(String(payload))))
    page.on('response', (response) => {
      if (/json|html|text/.test(response.headers()['content-type'] ?? ''))
        void response.text().then(
          (text) => said.push(text),
          () => undefined,
        )
    })
    const options = ['--env', `DB_PASSWORD=${sampleSecret}`, '--env', `ODD=${sampleSecret}`, '--label', 'purpose=lighthouse']
    const name = await moorings.run('safe', options, [
      'sh',
      '-c',
      'exec sleep 100000',
      'it',
      `--password=${sampleSecret}`,
      '--token',
      sampleSecret,
    ])
    const at = `/environments/${environment}/containers/${name}`
    await visit(page, `${at}?tab=document`)
    await expect(page.getByText(/Read from the engine/)).toBeVisible()
    const box = page.getByRole('searchbox', { name: 'Find a name or a value' })
    await box.fill('lighthouse')
    await expect(page.getByText('1 place', { exact: true })).toBeVisible()
    await expect(page.getByRole('group', { name: 'Document' })).toContainText('purpose')
    await box.fill('DB_PASSWORD')
    await expect(page.getByRole('group', { name: 'Document' })).toContainText('•')
    await screenshots(page, 'detail-document')
    await box.fill(sampleSecret)
    await expect(page.getByText('nothing found')).toBeVisible()
    await box.fill('')

    for (const path of [at, `${at}?tab=timeline`, `/environments/${environment}/containers?q=${moorings.prefix}`, '/changes', '/']) {
      await visit(page, path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      expect(await page.content()).not.toContain(sampleSecret)
    }
    const kind = encodeURIComponent('docker/containers')
    for (const path of [
      `/api${at}`,
      `/api${at}?fresh=true`,
      `/api${at}/timeline`,
      `/api/resources?kind=${kind}`,
      `/api/resources/export?kind=${kind}`,
      `/api/resources/facets?kind=${kind}`,
      `/api/search?q=${moorings.prefix}`,
      '/api/changes',
      '/api/home',
    ]) {
      const answer = await page.request.get(path)
      expect(answer.status(), path).toBe(200)
      expect(await answer.text(), path).not.toContain(sampleSecret)
    }
    const found = await (await page.request.get(`/api/search?q=${sampleSecret}`)).text()
    expect(found, 'nothing is found by a secret').not.toContain(name)
    expect(said.length).toBeGreaterThan(10)
    for (const text of said) expect(text.includes(sampleSecret), `in a frame or an answer: ${text.slice(0, 200)}`).toBe(false)
  })
})

test('the drawer tells the same beside the list', async ({ page, moorings, environment }) => {
  const name = await moorings.run('beside', ['--publish', '127.0.0.1::80'])
  await openList(page, environment, 'containers', moorings.prefix)
  await rowOf(page, name).hover()
  await page.getByRole('button', { name: `Open ${name} in the drawer` }).click()
  const drawer = page.getByRole('dialog', { name })
  await expect(drawer.getByRole('link', { name: /→ 80\/tcp/ }).first()).toBeVisible()
  await expect(drawer.getByRole('heading', { name: 'Related' })).toBeVisible()
  await docker('pause', name)
  await expect(drawer.getByText(/^Paused/).first()).toBeVisible()
  await drawer.getByRole('link', { name: 'Open the page' }).click()
  await expect(page).toHaveURL(new RegExp(`/containers/${name}$`))
})
