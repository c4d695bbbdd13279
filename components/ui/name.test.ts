import { expect, it } from 'vitest'
import { splitName } from './name.tsx'

it.each([
  ['checkout-api-7bb8f6c4d9-rw6vd', 'checkout-api', '-7bb8f6c4d9-rw6vd'],
  ['shop-swarm', 'shop-swarm', ''],
  ['payments-gateway', 'payments-gateway', ''],
  ['build-cache', 'build-cache', ''],
  ['stack_web.1.abcdef0123456789abcdef012', 'stack_web.1', '.abcdef0123456789abcdef012'],
  ['postgres-15', 'postgres-15', ''],
])('splits %s', (name, stem, suffix) => {
  expect(splitName(name)).toEqual({ stem, suffix })
})
