import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { endpoints } from '../operations/index.ts'
import { operationOfRoute, pathParameters } from './route.ts'

const root = join(import.meta.dirname, '../..')
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
// Signing in answers protocols of its own; lib/http/next-auth.ts and lib/http/oidc.ts put the same checks before them.
const exempt = ['app/api/auth/[...nextauth]/route.ts', 'app/api/auth/oidc/route.ts', 'app/api/auth/oidc/callback/route.ts']

const files = readdirSync(join(root, 'app'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /(^|\/)route\.tsx?$/.test(file))
  .map((file) => join('app', file))

const pathOf = (file: string) =>
  file
    .replace(/^app/, '')
    .replace(/\/route\.tsx?$/, '')
    .replaceAll(/\([^)]*\)\//g, '')
    .replaceAll(/\[(\w+)\]/g, '{$1}')

it('every handler of every route was made by route(), and is where its operation says', async () => {
  const served: string[] = []
  for (const file of files.filter((one) => !exempt.includes(one))) {
    const exported = (await import(join(root, file))) as Record<string, unknown>
    for (const method of methods.filter((one) => one in exported))
      served.push(`${method} ${pathOf(file)} ${operationOfRoute(exported[method]) ?? 'NOT MADE BY route()'}`)
  }
  expect(served.toSorted()).toEqual(endpoints.map(({ method, path, operation }) => `${method} ${path} ${operation.name}`).toSorted())
})

it('what changes state is never a GET, and what does not is always one', () => {
  expect(endpoints.filter(({ method, operation }) => (method === 'GET') === operation.changes).map(({ path }) => path)).toEqual([])
})

it('no two operations have one name', () => {
  expect(new Set(endpoints.map(({ operation }) => operation.name)).size).toBe(endpoints.length)
})

it('path parameters are decoded once', () => {
  const template = '/api/environments/{environment}/{kind}/{key}'
  expect(pathParameters(template, '/api/environments/1/images/sha256%3Aab%2Fc%2525')).toEqual({
    environment: '1',
    kind: 'images',
    key: 'sha256:ab/c%25',
  })
})
