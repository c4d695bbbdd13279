import { routeKind } from '../gateway.ts'

export const grpcroutes = routeKind({ resource: 'grpcroutes', manifestKind: 'GRPCRoute', singular: 'grpcroute', versions: ['v1'] })
