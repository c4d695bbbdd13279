import { beforeEach, expect, it } from 'vitest'
import { leastDockHeight, useDock } from './dock-store.ts'

const web = { environment: '1', kind: 'docker/containers', key: 'web' }
const db = { environment: '1', kind: 'docker/containers', key: 'db' }
const dock = () => useDock.getState()

beforeEach(() => useDock.setState({ tabs: [], current: null, open: false }))

it('opens a tab once and brings it to the front again', () => {
  dock().openLogs(web, 'web')
  dock().openLogs(db, 'db')
  dock().openLogs(web, 'web')
  expect(dock().tabs.map((tab) => tab.title)).toEqual(['web', 'db'])
  expect(dock()).toMatchObject({ open: true, current: dock().tabs[0]!.id })
})

it('shows the neighbour of a tab that closes, and closes with its last one', () => {
  dock().openLogs(web, 'web')
  dock().openLogs(db, 'db')
  dock().close(dock().current!)
  expect(dock()).toMatchObject({ open: true, current: dock().tabs[0]!.id })
  dock().close(dock().current!)
  expect(dock()).toMatchObject({ open: false, current: null, tabs: [] })
})

it('does not open without tabs and never gets too low', () => {
  dock().setOpen(true)
  dock().setHeight(3)
  expect(dock()).toMatchObject({ open: false, height: leastDockHeight })
})

it('keeps one shell of a thing, and opens others beside it when they are asked for', () => {
  const shell = { reference: web, title: 'web', uid: 'u', atOnce: true }
  dock().openShell(shell)
  dock().openShell(shell)
  expect(dock().tabs).toHaveLength(1)
  dock().setTerminal(dock().current!, 'id-1')
  dock().openShell(shell)
  expect(dock().tabs).toMatchObject([{ type: 'terminal', terminal: 'id-1' }])
  dock().openShell({ ...shell, atOnce: false })
  expect(dock().tabs).toMatchObject([{ terminal: 'id-1' }, { terminal: null, atOnce: false }])
  dock().watch(web, 'web', 'id-1')
  expect(dock()).toMatchObject({ current: dock().tabs[0]!.id, tabs: { length: 2 } })
  dock().watch(web, 'web', 'id-2')
  expect(dock().tabs.map((tab) => tab.type === 'terminal' && tab.terminal)).toEqual(['id-1', null, 'id-2'])
})
