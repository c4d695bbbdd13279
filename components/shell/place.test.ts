import { expect, it } from 'vitest'
import { placeOf, resourcePath } from './place.ts'

it.each([
  ['/', { at: 'home' }],
  ['/inventory/image', { at: 'inventory', category: 'image' }],
  ['/environments', { at: 'environments' }],
  ['/environments/new', { at: 'environments' }],
  ['/environments/3', { at: 'environment', environment: '3', kind: null, key: null }],
  ['/environments/3/settings', { at: 'environment', environment: '3', kind: null, key: null }],
  ['/environments/3/containers', { at: 'environment', environment: '3', kind: 'containers', key: null }],
  ['/environments/3/images/sha256%3Aabc', { at: 'environment', environment: '3', kind: 'images', key: 'sha256:abc' }],
  ['/environments/3/containers/50%', { at: 'environment', environment: '3', kind: 'containers', key: '50%' }],
  ['/changes', { at: 'changes' }],
  ['/elsewhere', { at: 'other' }],
])('%s', (path, place) => {
  expect(placeOf(path)).toEqual(place)
})

it('finds back to a key with slashes and colons', () => {
  const path = resourcePath('3', 'docker/images', 'sha256:a/b')
  expect(placeOf(path)).toMatchObject({ kind: 'images', key: 'sha256:a/b' })
})
