import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page, WebSocketRoute } from '@playwright/test'
import { query } from './database.ts'
import { screenshots } from './fixtures.ts'
import { docker, expect, test, visit } from './harbour.ts'
import { makePerson, signedInAs } from './people.ts'

const dock = (page: Page) => page.getByRole('region', { name: 'Dock' })
const terminal = (page: Page, name: string): Locator => dock(page).getByRole('group', { name: `Terminal in ${name}` })
const rows = (page: Page, name: string) => terminal(page, name).locator('.xterm-rows')

async function openShell(page: Page, environment: string, name: string): Promise<void> {
  await visit(page, `/environments/${environment}/containers/${name}`)
  await page.getByRole('main').getByRole('button', { name: 'Shell', exact: true }).click()
  await expect(rows(page, name)).toContainText('#')
}
const type = (page: Page, text: string) => page.keyboard.type(`${text}\n`)

// Two people, each with a page of their own, take their time where much else runs.
test.describe.configure({ timeout: 120_000 })

test.describe('a terminal', () => {
  test('is typed in, resized, and ends with its program', async ({ page, moorings, environment }) => {
    const name = await moorings.run('shell')
    await openShell(page, environment, name)
    await type(page, 'echo answer-$((40 + 2))')
    await expect(rows(page, name)).toContainText('answer-42')
    await type(page, `printf '\\033[31mred\\033[32m green\\033[33m yellow\\033[34m blue\\033[35m magenta\\033[36m cyan\\033[0m\\n'`)
    await expect(rows(page, name)).toContainText('magenta')
    await screenshots(page, 'terminal')

    const columns = async () => {
      await type(page, 'clear; stty size')
      await expect(rows(page, name)).toContainText(/\d+ \d+/)
      return Number(/\d+ (\d+)/.exec((await rows(page, name).textContent()) ?? '')?.[1])
    }
    // The pictures were taken on a phone too; the terminal follows back to the whole width.
    await expect.poll(columns, { timeout: 20_000 }).toBeGreaterThan(140)
    const before = await columns()
    await page.setViewportSize({ width: 1000, height: 900 })
    await expect.poll(columns, { timeout: 20_000 }).toBeLessThan(before)

    await type(page, 'exit 3')
    await expect(dock(page).getByText('The program ended with exit code 3.')).toBeVisible()
    await dock(page).getByRole('button', { name: 'Open again' }).click()
    await expect(rows(page, name)).toContainText('#')
    await visit(page, '/changes')
    await expect(page.getByText(`Open a terminal in ${name}`).first()).toBeVisible()
  })

  test('is told to a screen reader, and left by the keyboard', async ({ page, moorings, environment }) => {
    const name = await moorings.run('heard')
    await openShell(page, environment, name)
    const found = await new AxeBuilder({ page }).include('section[aria-label="Dock"]').analyze()
    expect(found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])

    await page.keyboard.press('Control+Shift+ArrowUp')
    await expect(dock(page).getByRole('button', { name: 'More', exact: true })).toBeFocused()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitemcheckbox', { name: 'Tell a screen reader' }).click()
    await page.keyboard.press('Escape')
    await expect(terminal(page, name).getByRole('list')).toBeAttached()
  })

  test('survives a reload and a lost network, and says that it is back', async ({ page, context, moorings, environment }) => {
    const sockets: WebSocketRoute[] = []
    await page.routeWebSocket(/\/api\/live/, (socket) => {
      sockets.push(socket)
      socket.connectToServer()
    })
    const name = await moorings.run('stays')
    await openShell(page, environment, name)
    await type(page, 'MARK=kept-$((40 + 2)); echo $MARK')
    await expect(rows(page, name)).toContainText('kept-42')
    await page.reload()
    await expect(rows(page, name)).toContainText('kept-42', { timeout: 15_000 })
    await context.setOffline(true)
    await Promise.all(sockets.splice(0).map((socket) => socket.close({ code: 1001 })))
    await expect(dock(page).getByText('Reconnecting. What runs goes on.')).toBeVisible()
    await context.setOffline(false)
    await expect(dock(page).getByText('Reconnected.')).toBeVisible({ timeout: 30_000 })
    await terminal(page, name).locator('.xterm-screen').click()
    await type(page, 'echo again-$MARK')
    await expect(rows(page, name)).toContainText('again-kept-42')
    await dock(page)
      .getByRole('button', { name: `Close ${name}` })
      .click()
    await expect.poll(async () => (await query(`SELECT FROM terminals WHERE name = $1 AND ended_at IS NULL`, [name])).length).toBe(0)
  })

  test('is watched by others, by name, who cannot type', async ({ page, browser, moorings, environment }) => {
    const name = await moorings.run('watched')
    await openShell(page, environment, name)
    await type(page, 'echo seen-$((40 + 2))')
    const grace = await makePerson({ name: 'Grace Hopper', role: 'operator' })
    const context = await signedInAs(browser, grace)
    const other = await context.newPage()
    await visit(other, `/environments/${environment}/containers/${name}`)
    await other.getByRole('main').getByRole('button', { name: 'Other ways to open a shell' }).click()
    await other.getByRole('menuitem').click()
    await other.getByRole('button', { name: 'Watch', exact: true }).click()
    await expect(rows(other, name)).toContainText('seen-42')
    await expect(dock(page).getByText('Grace Hopper watches')).toBeVisible()
    await expect(dock(other).getByText('Ada Lovelace types')).toBeVisible()
    await other.keyboard.type('echo intruder\n')
    await type(page, 'echo after-$((40 + 2))')
    await expect(rows(other, name)).toContainText('after-42')
    await expect(rows(other, name)).not.toContainText('intruder')
    await screenshots(other, 'terminal-watched')
    await query('DELETE FROM role_bindings WHERE user_id = (SELECT id FROM users WHERE login = $1)', [grace.login])
    await query(`SELECT pg_notify('portolan', '{"topic":"access"}')`)
    await expect(dock(page).getByText('Grace Hopper watches')).toHaveCount(0, { timeout: 5_000 })
    await context.close()
  })

  test('ends clean when its container dies, and says so', async ({ page, moorings, environment }) => {
    const name = await moorings.run('dies')
    await openShell(page, environment, name)
    await docker('kill', name)
    await expect(dock(page).getByText('What it ran in has ended, with exit code 137.')).toBeVisible()
    await expect(dock(page).getByRole('button', { name: 'Open again' })).toBeVisible()
    const shell = page.getByRole('main').getByRole('button', { name: 'Shell', exact: true })
    await expect(shell).toHaveAttribute('aria-disabled', 'true')
    await expect(shell).toHaveAccessibleDescription('It is not running.')
    await screenshots(page, 'terminal-ended')
  })

  test('asks for a reason where it is protected, and for the role Operator', async ({ page, browser, moorings, environment }) => {
    const name = await moorings.run('guarded')
    await query('UPDATE environments SET protected = true WHERE id = $1', [environment])
    await query(`SELECT pg_notify('portolan', '{"topic":"environments"}')`)
    try {
      await visit(page, `/environments/${environment}/containers/${name}`)
      await page.getByRole('main').getByRole('button', { name: 'Shell', exact: true }).click()
      await expect(dock(page).getByRole('button', { name: 'Open', exact: true })).toHaveAccessibleDescription('Give a reason first.')
      await screenshots(page, 'terminal-start')
      await dock(page).getByRole('textbox', { name: 'Reason' }).fill('the pump is stuck')
      await page.keyboard.press('Enter')
      await expect(rows(page, name)).toContainText('#')
      expect(await query(`SELECT why, outcome FROM activities WHERE verb = 'resource.terminal' AND name = $1`, [name])).toEqual([
        { why: 'the pump is stuck', outcome: 'running' },
      ])
    } finally {
      await query('UPDATE environments SET protected = false WHERE id = $1', [environment])
      await query(`SELECT pg_notify('portolan', '{"topic":"environments"}')`)
    }
    const context = await signedInAs(browser, await makePerson({ name: 'Tim Deployer', role: 'deployer' }))
    const other = await context.newPage()
    await visit(other, `/environments/${environment}/containers/${name}`)
    await expect(other.getByRole('main').getByRole('button', { name: 'Shell', exact: true })).toHaveAccessibleDescription(
      /needs the role Operator/,
    )
    await context.close()
  })

  test('gives nothing that a hostile container prints to stdin or to the clipboard', async ({ page, context, moorings, environment }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const name = await moorings.run('hostile')
    await openShell(page, environment, name)
    await page.evaluate(() => navigator.clipboard.writeText('what was there'))
    const hostile = [
      '\\033]52;c;cHduZWQ=\\007',
      '\\033]52;c;?\\007',
      '\\033[21t',
      '\\033[20t',
      '\\033[18t',
      '\\033[14t',
      '\\033P$q"p\\033\\\\',
      '\\033P+q544e\\033\\\\',
      '\\005',
      '\\033[>c',
      '\\033[=c',
      '\\033[>q',
      '\\033]10;?\\007',
      '\\033]11;?\\033\\\\',
      '\\033]4;1;?\\007',
      '\\033[?1$p',
      '\\033[x',
      '\\033]0;rm -rf /\\007',
      '\\033]8;;javascript:alert(1)\\033\\\\link\\033]8;;\\033\\\\',
      '\\033]7;file://evil/\\033\\\\',
      '\\033[?2004h',
    ]
    // What a terminal would answer stands in the input of what reads next.
    await docker(
      'exec',
      name,
      'sh',
      '-c',
      `cat > /tmp/hostile <<'X'\nstty raw -echo; printf '${hostile.join('')}'; (sleep 2; kill $$) & cat -v > /tmp/got\nX`,
    )
    await type(page, 'sh /tmp/hostile; stty sane; echo over-$((40 + 2))')
    await expect(rows(page, name)).toContainText('over-42', { timeout: 15_000 })
    // Where the cursor is, the shell itself asked before.
    expect(await docker('exec', name, 'cat', '/tmp/got')).toMatch(/^(\^\[\[\d+;\d+R)*$/)
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('what was there')
    await expect(terminal(page, name).locator('a')).toHaveCount(0)
    await expect(page).toHaveTitle(new RegExp(name))

    // What a person pastes stays text: nothing in it ends the paste before its end, and lines that would run are asked about.
    await page.evaluate(() => navigator.clipboard.writeText('one\u001b[201~\ntwo'))
    await terminal(page, name).locator('.xterm-screen').click()
    await type(page, "printf '\\033[?2004l'; clear")
    await expect(rows(page, name)).not.toContainText('over-42')
    await page.keyboard.press('Control+Shift+V')
    await expect(dock(page).getByText('2 lines would run at once when this is pasted.')).toBeVisible()
    await dock(page).getByRole('button', { name: 'Leave it' }).click()
    await type(page, "printf '\\033[?2004h'; cat -v")
    await expect(rows(page, name)).toContainText('cat -v')
    await page.keyboard.press('Control+Shift+V')
    await expect(rows(page, name)).toContainText('^[[200~one[201~')
    await expect(rows(page, name)).toContainText('two^[[201~')
  })

  test('on a phone it is a sheet with the keys that its keyboard lacks, in French too', async ({
    browser,
    page,
    moorings,
    environment,
  }) => {
    const name = await moorings.run('phone')
    const context = await browser.newContext({
      locale: 'fr-FR',
      storageState: await page.context().storageState(),
      viewport: { width: 390, height: 844 },
    })
    const phone = await context.newPage()
    await visit(phone, `/environments/${environment}/containers/${name}`)
    await phone.getByRole('main').getByRole('button', { name: 'Shell', exact: true }).click()
    const lines = phone.getByRole('group', { name: `Terminal dans ${name}` }).locator('.xterm-rows')
    await expect(lines).toContainText('#')
    await phone.keyboard.type('sleep 1000\n')
    await phone.getByRole('button', { name: 'Ctrl-C' }).click()
    await phone.keyboard.type('echo libre-$((40 + 2))\n')
    await expect(lines).toContainText('libre-42')
    await phone.screenshot({ path: 'screenshots/terminal-sheet.png' })
    await context.close()
  })
})
