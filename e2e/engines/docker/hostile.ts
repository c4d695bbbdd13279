import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { text } from 'node:stream/consumers'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Answers one request in its own way; `ask` gives Docker's own answer to this request, or to one of another path. */
export type Fault = (response: ServerResponse, ask: (path?: string) => Promise<IncomingMessage>) => unknown

export interface Hostile {
  socket: string
  /** Breaks every connection; from then on what is asked for under such a path (without the version) is answered so. */
  misbehave(path: RegExp, fault: Fault): void
  /** Breaks every connection, and is Docker again. */
  behave(): void
  close(): Promise<void>
}

/** A real Docker behind a socket of ours, as truthful as it is until it is told to misbehave. */
export async function startHostile(target: string): Promise<Hostile> {
  const directory = await mkdtemp(join(tmpdir(), 'portolan-hostile-'))
  const socket = join(directory, 'docker.sock')
  const open = new Set<Duplex>()
  let misbehaving: { path: RegExp; fault: Fault } | null = null
  const server = createServer((asked, response) => {
    const path = withoutVersion(asked.url ?? '')
    const ask = (other?: string) => askDocker(target, asked, response, other)
    const { fault } = misbehaving?.path.test(path) ? misbehaving : { fault: asDocker }
    // What breaks in the middle is what these tests are about.
    Promise.resolve(fault(response, ask)).catch(() => response.destroy())
  })
  server.on('connection', (client: Socket) => {
    open.add(client)
    client.on('close', () => open.delete(client))
  })
  server.on('upgrade', (asked, client, head) => passOn(target, asked, client, head))
  server.listen(socket)
  await once(server, 'listening')
  const cut = () => {
    for (const client of open) client.destroy()
  }
  return {
    socket,
    misbehave(path, fault) {
      misbehaving = { path, fault }
      cut()
    },
    behave() {
      misbehaving = null
      cut()
    },
    async close() {
      cut()
      server.close()
      await once(server, 'close')
      await rm(directory, { recursive: true })
    },
  }
}

export const withoutVersion = (url: string): string => url.split('?')[0]!.replace(/^\/v\d+\.\d+/, '')

async function askDocker(target: string, asked: IncomingMessage, response: ServerResponse, path = asked.url): Promise<IncomingMessage> {
  const { method, headers } = asked
  const passed = request({ socketPath: target, path, method, headers, agent: false })
  response.once('close', () => passed.destroy())
  asked.pipe(passed)
  const [answer] = (await once(passed, 'response')) as [IncomingMessage]
  return answer
}

const asDocker: Fault = async (response, ask) => {
  const answer = await ask()
  response.writeHead(answer.statusCode ?? 500, answer.headers)
  response.flushHeaders()
  answer.on('error', () => response.destroy()).pipe(response)
}

/** What switches protocols is bytes from there on. */
function passOn(target: string, asked: IncomingMessage, client: Duplex, head: Buffer): void {
  const docker = connect(target)
  const lines = asked.rawHeaders.flatMap((name, index, all) => (index % 2 ? [] : [`${name}: ${all[index + 1]}`]))
  docker.write(`${asked.method} ${asked.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
  docker.write(head)
  for (const [from, to] of [
    [client, docker],
    [docker, client],
  ] as const)
    from
      .on('error', () => to.destroy())
      .on('close', () => to.destroy())
      .pipe(to)
}

const everySecond = (response: ServerResponse, write: () => unknown): void => {
  const timer = setInterval(write, 1_000)
  response.on('close', () => clearInterval(timer))
}

export const html: Fault = (response) =>
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Wiki</title>\n')

export const late: Fault = () => undefined

/** Docker's own answer, one byte a second. */
export const oneByteASecond: Fault = async (response, ask) => {
  const said = Buffer.from(await text(await ask()))
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': said.length + 1_000 })
  let at = 0
  everySecond(response, () => response.write(said.subarray(at, ++at)))
}

export const endlessHeaders: Fault = (response) => {
  response.socket?.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n')
  let n = 0
  everySecond(response, () => response.socket?.write(`x-${n++}: 0\r\n`))
}

/** Promises a whole answer and goes away in the middle of it. */
export const closesInTheMiddle: Fault = async (response, ask) => {
  const said = await text(await ask())
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(said) + 2 })
  response.write(said.slice(0, said.length / 2), () => response.destroy())
}

/** A line of so many bytes, of whatever the beginning of a JSON text would allow. */
export const longLine =
  (bytes: number): Fault =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const piece = Buffer.alloc(2 ** 20, 'x')
    function* line() {
      yield '[{"Id":"'
      for (let sent = 0; sent < bytes; sent += piece.length) yield piece
      yield '"}]\n'
    }
    return pipeline(line, response)
  }

/** The answer to another question. */
export const instead =
  (path: string): Fault =>
  async (response, ask) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(await text(await ask(path)))

/** Docker's own answer, with something done to it; a Buffer is sent as it is. `path` is asked for instead, when it is given. */
export const edited = async (ask: Parameters<Fault>[1], response: ServerResponse, edit: (said: never) => unknown, path?: string) => {
  const answer = await ask(path)
  const said = edit(JSON.parse(await text(answer)) as never)
  const body = Buffer.isBuffer(said) ? said : JSON.stringify(said)
  response.writeHead(answer.statusCode ?? 500, { 'content-type': 'application/json' }).end(body)
}
