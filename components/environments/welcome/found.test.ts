import { expect, test } from 'vitest'
import { firstChoice, obstacleOf, withOwnNames, type Found } from './found.ts'

const found: Found = {
  key: 'unix:///var/run/docker.sock',
  engine: 'docker',
  title: 'Docker',
  settings: {},
  address: 'unix:///var/run/docker.sock',
  name: 'build-01',
  flag: { hue: 'plum', pattern: 'cross', code: 'BUI' },
  probe: { version: '20.10.24', engineId: 'x', hostName: 'build-01', figures: {}, latencyMs: 3 },
  error: null,
  connectedAs: null,
}

test('what answers is ticked, what does not or is connected is not', () => {
  expect(firstChoice(found).ticked).toBe(true)
  expect(firstChoice({ ...found, probe: null, error: { code: 'engine_unreachable', message: '' } }).ticked).toBe(false)
  expect(firstChoice({ ...found, connectedAs: { id: '1', name: 'lab' } }).ticked).toBe(false)
})

test('two engines need two names, whatever their case', () => {
  const choice = firstChoice(found)
  expect(obstacleOf([])).toBe('nothingTicked')
  expect(obstacleOf([{ ...choice, name: ' ' }])).toBe('nameMissing')
  expect(obstacleOf([choice, { ...choice, name: 'Build-01' }])).toBe('nameTwice')
  expect(obstacleOf([choice, { ...choice, name: 'build-02' }])).toBeNull()
})

test('two engines of one machine are offered under two names', () => {
  expect(withOwnNames([found, { ...found, address: 'b' }, { ...found, address: 'c' }]).map(({ name }) => name)).toEqual([
    'build-01',
    'build-01-2',
    'build-01-3',
  ])
})
