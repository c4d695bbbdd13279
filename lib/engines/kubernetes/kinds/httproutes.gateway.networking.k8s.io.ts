import { routeKind } from '../gateway.ts'

export const httproutes = routeKind({
  resource: 'httproutes',
  manifestKind: 'HTTPRoute',
  singular: 'httproute',
  versions: ['v1', 'v1beta1'],
})
