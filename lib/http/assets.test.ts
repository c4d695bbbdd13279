import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compressAssets } from '../../scripts/steps/compress.mjs'
import { compressedAssets } from './assets.ts'

const folder = mkdtempSync(join(tmpdir(), 'portolan-assets-'))
const script = 'console.log("a page");'.repeat(200)
let server: Server

beforeAll(async () => {
  mkdirSync(join(folder, 'chunks'))
  writeFileSync(join(folder, 'chunks/page.js'), script)
  writeFileSync(join(folder, 'secret.txt'), 'not of the build')
  await compressAssets(folder)
  const serve = compressedAssets(folder)
  server = createServer((asked, response) => {
    if (!serve(asked, response)) response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true })
})

const ask = (path: string, encoding: string, method = 'GET') =>
  new Promise<{ status: number | undefined; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    const { port } = server.address() as AddressInfo
    const asking = request({ port, path, method, agent: false, headers: { 'accept-encoding': encoding } }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }))
    })
    asking.on('error', reject).end()
  })

test('a script goes out compressed once and for good', async () => {
  const { status, headers, body } = await ask('/_next/static/chunks/page.js?dpl=1', 'gzip, br')
  expect(status).toBe(200)
  expect(headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'application/javascript; charset=UTF-8',
    vary: 'Accept-Encoding',
  })
  expect(headers['cache-control']).toContain('immutable')
  expect(brotliDecompressSync(body).toString()).toBe(script)
})

test.each(['gzip', 'gzip, deflate', 'gzip;q=1.0, br;q=0'])('who takes %s gets gzip', async (encoding) => {
  const { headers, body } = await ask('/_next/static/chunks/page.js', encoding)
  expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'content-length': String(body.length) })
  expect(gunzipSync(body).toString()).toBe(script)
})

test('HEAD says the same without it', async () => {
  const { status, headers, body } = await ask('/_next/static/chunks/page.js', 'br', 'HEAD')
  expect([status, body.length]).toEqual([200, 0])
  expect(Number(headers['content-length'])).toBeGreaterThan(0)
})

test.each([
  ['/_next/static/chunks/page.js', 'identity'],
  ['/_next/static/chunks/page.js', 'gzip;q=0, br;q=0'],
  ['/_next/static/chunks/other.js', 'br'],
  ['/_next/static/secret.txt', 'br'],
  ['/_next/static/chunks/../chunks/page.js', 'br'],
  ['/_next/static/chunks/page.js', 'br', 'POST'],
])('%s for %s is left to Next', async (path, encoding, method = 'GET') => {
  expect((await ask(path, encoding, method)).status).toBe(204)
})
