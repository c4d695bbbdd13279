import { text } from 'node:stream/consumers'
import { edited, withoutVersion, type Fault } from './hostile.ts'

const run = (n: number) => `<script>window.pwned=${n}</script><img src=x onerror="window.pwned=${n}">`
const link = 'javascript:window.pwned=9'

/** What no Docker lets anybody call a thing, and a hostile one may say all the same. */
export const slander = {
  container: `=1+1 ${run(1)} \u202Etxt.exe`,
  image: `${link}//${run(2)}:1`,
  imageId: `sha256:"><${run(3)}`,
  network: `@SUM(1) ${run(4)}`,
  volume: `../../-1 ${run(5)}`,
  action: `exec ${run(6)}`,
  engine: `29 ${run(7)}`,
  line: `line ${run(8)}`,
}

const labels = {
  'com.docker.compose.project': link,
  'com.docker.compose.service': run(10),
  [run(11)]: run(12),
  ansi: '\u001b[31mred\u001b]52;c;ZXZpbA==\u0007',
  nul: 'a\0b',
  half: '\ud800 half a pair',
  bytes: 'BROKEN',
  long: 'x'.repeat(10 * 2 ** 20),
  __proto__: 'polluted',
  constructor: link,
}

/** JSON with bytes in it that are no UTF-8. */
const broken = (said: unknown): Buffer => {
  const [before = '', ...rest] = JSON.stringify(said).split('BROKEN')
  return Buffer.concat([Buffer.from(before), ...rest.flatMap((part) => [Buffer.from([0xff, 0xc3, 0x28]), Buffer.from(part)])])
}

const frame = (bytes: Buffer): Buffer => {
  const head = Buffer.alloc(8)
  head[0] = 1
  head.writeUInt32BE(bytes.length, 4)
  return Buffer.concat([head, bytes])
}
const stamp = '2026-01-01T00:00:00.000000001Z '
const log = [
  Buffer.from(`${stamp}${slander.line}\n`),
  Buffer.from(
    `${stamp}\u001b]52;c;ZXZpbA==\u0007\u001b]8;;${link}\u0007click\u001b]8;;\u0007\u001b[999;999H\u001bP$q"p\u001b\\\u202Eback\0\n`,
  ),
  Buffer.concat([Buffer.from(stamp), Buffer.from([0xff, 0xfe, 0xc3, 0x28, 10])]),
  ...Array.from({ length: 11 }, () => Buffer.concat([Buffer.from(stamp), Buffer.alloc(2 ** 20 - 64, 'y')])),
  Buffer.from(`${stamp}\nthe end of it\n`),
]

const event = (id: string) => ({
  Type: 'container',
  Action: slander.action,
  Actor: { ID: id, Attributes: { name: slander.container, image: link, [run(13)]: run(14), nul: '\0' } },
  time: Math.floor(Date.now() / 1000),
  timeNano: Date.now() * 1e6,
})

type Raw = Record<string, unknown>

/** A Docker that says all this of one of its containers, and of images, networks and volumes that it does not even have. */
export function slanderer(id: string): Fault {
  const inspected = (container: Raw & { Config: Raw; State: Raw; NetworkSettings: Raw }) =>
    container['Id'] === id
      ? broken({
          ...container,
          Name: `/${slander.container}`,
          Path: link,
          Args: [run(15), '--password', link],
          Config: { ...container.Config, Labels: labels, Image: slander.image, Hostname: run(16) },
          State: { ...container.State, Error: run(17) },
          NetworkSettings: { ...container.NetworkSettings, Networks: { [slander.network]: { NetworkID: run(18), IPAddress: link } } },
          Mounts: [{ Type: 'bind', Source: link, Destination: run(19) }],
        })
      : container
  return async (response, ask) => {
    const path = withoutVersion(response.req.url ?? '')
    const real = response.req.url?.replace(encodeURIComponent(slander.container), id)
    if (path === '/info') return edited(ask, response, (info: Raw) => ({ ...info, ID: `own ${run(24)}`, Name: run(20) }))
    if (path === '/version') return edited(ask, response, (version: Raw) => ({ ...version, Version: slander.engine }))
    if (path === '/containers/json') return edited(ask, response, (list: Raw[]) => list.filter((one) => one['Id'] === id))
    if (path === '/images/json')
      return edited(ask, response, (list: Raw[]) => [
        { ...list[0], Id: slander.imageId, RepoTags: [slander.image], Labels: labels },
        { ...list[0], Id: `${slander.imageId}2`, RepoTags: null },
      ])
    if (path === '/networks')
      return edited(ask, response, (list: Raw[]) => [{ ...list[0], Id: run(21), Name: slander.network, Labels: labels }])
    if (path === '/volumes')
      return edited(ask, response, (all: Raw) => ({
        ...all,
        Volumes: [
          { Name: slander.volume, Driver: run(22), Mountpoint: link, Scope: 'local', CreatedAt: run(23), Labels: labels, Options: null },
        ],
      }))
    if (/^\/containers\/[^/]+\/json$/.test(path)) return edited(ask, response, inspected, real)
    if (/^\/containers\/[^/]+\/logs$/.test(path)) return response.writeHead(200).end(Buffer.concat(log.map(frame)))
    const answer = await ask(real)
    response.writeHead(answer.statusCode ?? 500, answer.headers)
    if (path === '/events') response.write(`${JSON.stringify(event(id))}\n`)
    if (answer.headers['content-type']?.includes('json') && path !== '/events' && !path.endsWith('/stats'))
      return response.end(await text(answer))
    response.flushHeaders()
    return answer.on('error', () => response.destroy()).pipe(response)
  }
}
