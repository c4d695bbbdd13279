import { z } from 'zod'
import { AppError } from '../../errors/index.ts'
import type { DockerApi } from './api.ts'

/** From the most comfortable to the plainest. */
const shells = ['bash', 'zsh', 'ash', 'sh'].flatMap((name) =>
  ['/bin/', '/usr/bin/', '/usr/local/bin/', '/busybox/'].map((folder) => folder + name),
)
/** Of a link to a link to … */
const mostLinks = 5
/** Go's os.ModeDir and os.ModeSymlink. */
const directory = 2 ** 31
const link = 2 ** 27
const mayRun = 0o111

const Stat = z.object({ mode: z.number(), linkTarget: z.string().catch('') })

/**
 * The path of the best shell in a container, found by looking at files alone. Throws `blocked` when there is none.
 * @see https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerArchiveInfo
 */
export async function findShell(api: DockerApi, containerId: string, name: string, signal: AbortSignal): Promise<string> {
  for (const shell of shells) if (await isProgram(api, containerId, shell, signal)) return shell
  throw new AppError('blocked', `${name} holds no shell. Name a program that it holds.`, { reason: { code: 'no-shell', params: { name } } })
}

async function isProgram(api: DockerApi, containerId: string, path: string, signal: AbortSignal, links = 0): Promise<boolean> {
  const headers = await api.head({ path: `/containers/${containerId}/archive`, query: { path }, signal })
  const said = headers?.['x-docker-container-path-stat']
  const stat = typeof said === 'string' ? Stat.safeParse(parseStat(said)).data : undefined
  if (!stat) return false
  if (Math.floor(stat.mode / link) % 2 === 1)
    return links < mostLinks && stat.linkTarget !== '' && isProgram(api, containerId, stat.linkTarget, signal, links + 1)
  return Math.floor(stat.mode / directory) % 2 === 0 && (stat.mode & mayRun) !== 0
}

function parseStat(base64: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64, 'base64').toString('utf8'))
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}
