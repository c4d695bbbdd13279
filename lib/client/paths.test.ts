import { expect, test } from 'vitest'
import { endpoints } from '../operations/index.ts'
import { pathOf } from './paths.ts'

test('a list is found by its query', () => {
  expect(pathOf('resources.list', { kind: 'docker/containers', text: 'web' })).toBe('/api/resources?kind=docker%2Fcontainers&q=web')
  expect(pathOf('environments.list', {})).toBe('/api/environments')
})

test('what is in the path is not repeated behind it', () => {
  expect(pathOf('resources.timeline', { environment: '1', kind: 'images', key: 'sha256:a/b', limit: 20, before: undefined })).toBe(
    '/api/environments/1/images/sha256%3Aa%2Fb/timeline?limit=20',
  )
})

test('where HTTP has no list, the socket alone brings it', () => {
  expect(pathOf('something.else', {})).toBeNull()
})

test('whatever can be followed and has a path is found there', () => {
  for (const { method, path, operation } of endpoints) {
    if (method !== 'GET' || !operation.wakes) continue
    const expected = path.replace(/\{(\w+)\}/g, '$1')
    const input = Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, name]))
    expect([operation.name, pathOf(operation.name, input)]).toEqual([operation.name, expected])
  }
})
