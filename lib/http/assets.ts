import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream'

const types: Record<string, string> = { js: 'application/javascript; charset=UTF-8', css: 'text/css; charset=UTF-8' }

const takesBrotli = (accepted: string | undefined): boolean =>
  (accepted ?? '').split(',').some((coding) => /^\s*br\s*(?:;\s*q=(?!0(?:\.0*)?\s*$).*)?$/.test(coding))

/**
 * Serves what the build left compressed by brotli in `folder` (`.next/static`), under `/_next/static/`. Answers whether it
 * took the request; whatever it does not know, and browsers without brotli, are left to Next and its gzip.
 */
export function compressedAssets(folder: string): (request: IncomingMessage, response: ServerResponse) => boolean {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []
  // Only what was there at the start is served: no path of a request ever reaches the disk.
  const files = new Map(
    names
      .filter((name) => name.endsWith('.br'))
      .map((name) => [
        `/_next/static/${name.slice(0, -'.br'.length)}`,
        { path: join(folder, name), size: statSync(join(folder, name)).size },
      ]),
  )
  return (request, response) => {
    const url = (request.url ?? '').split('?', 1)[0]!
    const file = files.get(url)
    if (!file || !takesBrotli(request.headers['accept-encoding']) || (request.method !== 'GET' && request.method !== 'HEAD')) return false
    response.writeHead(200, {
      'content-type': types[url.slice(url.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
      'content-length': file.size,
      'content-encoding': 'br',
      // Names of the build hold a hash of what is in them.
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    })
    if (request.method === 'HEAD') response.end()
    // A reader who goes away ends the stream; there is nobody left to tell.
    else pipeline(createReadStream(file.path), response, () => undefined)
    return true
  }
}
