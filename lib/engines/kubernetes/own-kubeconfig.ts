import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { AppError } from '../../errors/index.ts'
import { settings as ourSettings } from '../../settings.ts'
import { readKubeconfig, type KubeconfigContext } from './kubeconfig.ts'

/** No certificate and no token is longer. */
const longestFile = 500_000

/** Contexts of the kubeconfig that the operator named; none when nobody did. Throws invalid_input for what is none. */
export function ownContexts(): KubeconfigContext[] {
  const { kubeconfig } = ourSettings()
  if (kubeconfig === null) return []
  const text = read(kubeconfig)
  if (!text)
    throw new AppError('unavailable', `PORTOLAN_KUBECONFIG names ${kubeconfig}, which cannot be read.`, {
      reason: { code: 'own-kubeconfig-unreadable', params: { path: kubeconfig } },
    })
  return readKubeconfig(text.toString('utf8'), (path) => read(resolve(dirname(kubeconfig), path)))
}

/** How to connect one context, as the file has it now. Throws invalid_input. */
export function contextNamed(name: string): Extract<KubeconfigContext, { refused: null }> {
  const found = ownContexts().find((context) => context.name === name)
  if (!found)
    throw new AppError('invalid_input', `The kubeconfig of this machine has no context ${name}.`, {
      reason: { code: 'own-kubeconfig-lacks', params: { context: name } },
    })
  if (found.refused) throw new AppError('invalid_input', `The context ${name} is not connected.`, { reason: found.refused })
  return found
}

function read(path: string): Buffer | null {
  try {
    const content = readFileSync(path)
    return content.length > 0 && content.length <= longestFile ? content : null
  } catch (failure) {
    if (['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR'].includes((failure as NodeJS.ErrnoException).code ?? '')) return null
    throw failure
  }
}
