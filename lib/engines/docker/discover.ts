import { readdir, realpath, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { toWire } from '../../errors/index.ts'
import { settings as ourSettings } from '../../settings.ts'
import type { Discovered, Probe } from '../engine.ts'
import { addressOf, parseDockerHost, type DockerSettings } from './address.ts'
import { DockerApi } from './api.ts'
import { DockerHttp } from './http.ts'

/** Somebody waits for the page that shows this. */
const probeTimeoutMs = 3_000
/** The runtime folders of people who may run Docker without being root. */
const runtimeFolders = '/run/user'

/** Where Docker's sockets are usually found, the system's own first. */
async function usualSockets(runtimeDir: string | undefined): Promise<string[]> {
  const users = await readdir(runtimeFolders).catch((failure: NodeJS.ErrnoException) => {
    if (failure.code === 'ENOENT' || failure.code === 'EACCES') return []
    throw failure
  })
  return [
    '/var/run/docker.sock',
    ...(runtimeDir ? [join(runtimeDir, 'docker.sock')] : []),
    ...users.map((user) => join(runtimeFolders, user, 'docker.sock')),
    join(homedir(), '.docker/run/docker.sock'),
  ]
}

/** The socket's own path when there is one; a folder that may not be entered holds nothing for us. */
async function findSocket(path: string): Promise<string | null> {
  try {
    const real = await realpath(path)
    return (await stat(real)).isSocket() ? real : null
  } catch (failure) {
    const { code } = failure as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EACCES' || code === 'ENOTDIR') return null
    throw failure
  }
}

/** What could be connected here: sockets on this machine, and where DOCKER_HOST points. Only looks. */
export async function discoverDocker(signal: AbortSignal): Promise<Discovered[]> {
  const { dockerHost, dockerTls, runtimeDir } = ourSettings()
  const found = new Map<string, DockerSettings>()
  const named = dockerHost ? parseDockerHost(dockerHost, dockerTls) : null
  if (named && named.transport !== 'socket') found.set(addressOf(named), named)
  const paths = [...(named?.transport === 'socket' ? [named.path] : []), ...(await usualSockets(runtimeDir))]
  for (const path of paths) {
    const real = await findSocket(path)
    // Kept under the name it is known by; /var/run is a link to /run nearly everywhere.
    if (real && !found.has(real)) found.set(real, { transport: 'socket', path })
  }
  return Promise.all([...found.values()].map((settings) => look(settings, signal)))
}

async function look(settings: DockerSettings, signal: AbortSignal): Promise<Discovered> {
  const address = addressOf(settings)
  const http = new DockerHttp(settings, {}, probeTimeoutMs)
  const probe: Probe | { error: ReturnType<typeof toWire> } = await new DockerApi(http)
    .probe(signal)
    .catch((failure: unknown) => ({ error: toWire(failure) }))
  http.close()
  return {
    settings,
    address,
    name: 'hostName' in probe ? probe.hostName : settings.transport === 'socket' ? 'docker' : settings.host,
    probe,
  }
}
