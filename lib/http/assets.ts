import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream'

const types: Record<string, string> = { js: 'application/javascript; charset=UTF-8', css: 'text/css; charset=UTF-8' }

/** What the build left beside a file, the smaller first. */
const codings = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
] as const

const takes = (accepted: string | undefined, coding: string): boolean =>
  (accepted ?? '').split(',').some((offer) => new RegExp(`^\\s*${coding}\\s*(?:;\\s*q=(?!0(?:\\.0*)?\\s*$).*)?$`).test(offer))

interface Asset {
  coding: string
  path: string
  size: number
}

/** By address: what can be sent, the smaller first. */
function assetsIn(folder: string): Map<string, Asset[]> {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []
  const files = new Map<string, Asset[]>()
  for (const { name: coding, ending } of codings)
    for (const name of names.filter((one) => one.endsWith(ending))) {
      const address = `/_next/static/${name.slice(0, -ending.length)}`
      const path = join(folder, name)
      files.set(address, [...(files.get(address) ?? []), { coding, path, size: statSync(path).size }])
    }
  return files
}

/**
 * Serves what the build left compressed in `folder` (`.next/static`), under `/_next/static/`. Answers whether it took the
 * request; whatever it does not know, and browsers that take neither brotli nor gzip, are left to Next.
 */
export function compressedAssets(folder: string): (request: IncomingMessage, response: ServerResponse) => boolean {
  // Only what was there at the start is served: no path of a request ever reaches the disk.
  const files = assetsIn(folder)
  return (request, response) => {
    const url = (request.url ?? '').split('?', 1)[0]!
    const file = files.get(url)?.find(({ coding }) => takes(request.headers['accept-encoding'], coding))
    if (!file || (request.method !== 'GET' && request.method !== 'HEAD')) return false
    response.writeHead(200, {
      'content-type': types[url.slice(url.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
      'content-length': file.size,
      'content-encoding': file.coding,
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
