import { expect, test } from 'vitest'
import { matchedPart, rangesOf } from './match.ts'

const row = {
  name: 'shop-web-1',
  key: 'shop-web-1',
  uid: '9f2c11aa',
  images: ['registry.local/shop/web:2.1'],
  labels: { 'com.docker.compose.project': 'shop' },
  facts: { ports: [{ host: 8080, container: 80, protocol: 'tcp' }], command: 'serve', restarts: 3 },
}

test('the name comes before everything else', () => {
  expect(matchedPart(row, 'Web')).toEqual({ field: 'name', text: 'shop-web-1', ranges: [[5, 8]] })
})

test('image, id, label and port are found when the name does not match', () => {
  expect(matchedPart(row, 'registry')?.field).toBe('images')
  expect(matchedPart(row, '9f2c')?.field).toBe('id')
  expect(matchedPart(row, 'compose.project=shop')?.field).toBe('labels')
  expect(matchedPart(row, '8080')).toEqual({ field: 'ports', text: '8080 80 tcp', ranges: [[0, 4]] })
})

test('several words must stand in one value', () => {
  expect(matchedPart(row, 'web shop')?.ranges).toEqual([
    [0, 4],
    [5, 8],
  ])
  expect(matchedPart(row, 'shop-web 9f2c')).toBeNull()
})

test('nothing typed matches nothing', () => {
  expect(matchedPart(row, '  ')).toBeNull()
})

test('overlapping words become one range', () => {
  expect(rangesOf('checkout', ['check', 'ecko'])).toEqual([[0, 6]])
})
