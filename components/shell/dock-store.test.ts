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
