import { AppError, toWire } from '../../errors/index.ts'
import { settings as ourSettings } from '../../settings.ts'
import type { Discovered } from '../engine.ts'
import { KubernetesApi } from './api.ts'
import { KubernetesHttp, type Reachable } from './http.ts'
import type { KubeconfigContext } from './kubeconfig.ts'
import { ownContexts } from './own-kubeconfig.ts'
import { addressOf, type KubernetesSecrets } from './settings.ts'

/** Somebody waits for the page that shows this. */
const probeTimeoutMs = 3_000

/** The cluster that Portolan runs in, and the contexts of the kubeconfig that the operator named. No other file is looked for. */
export async function discoverKubernetes(signal: AbortSignal): Promise<Discovered[]> {
  const inside: Reachable = { auth: 'in-cluster' }
  const found = ourSettings().clusterServer
    ? [look(inside, {}, signal).then((probe) => ({ settings: inside, address: addressOf(inside), name: 'kubernetes', probe }))]
    : []
  return Promise.all([...found, ...lookAtOwn(signal)])
}

function lookAtOwn(signal: AbortSignal): (Discovered | Promise<Discovered>)[] {
  try {
    return ownContexts().map((context) => lookAt(context, signal))
  } catch (failure) {
    // The file as a whole is what cannot be connected.
    const address = ourSettings().kubeconfig ?? ''
    return [{ settings: {}, address, name: 'kubeconfig', probe: { error: toWire(failure) } }]
  }
}

async function lookAt(context: KubeconfigContext, signal: AbortSignal): Promise<Discovered> {
  const { name, server, refused } = context
  return {
    settings: { auth: 'kubeconfig', context: name, server },
    address: server,
    name,
    probe: refused
      ? { error: toWire(new AppError('unsupported', `${name} is not connected.`, { reason: refused })) }
      : await look(context.settings, context.secrets, signal),
  }
}

async function look(settings: Reachable, secrets: KubernetesSecrets, signal: AbortSignal): Promise<Discovered['probe']> {
  try {
    const http = new KubernetesHttp(settings, secrets, probeTimeoutMs)
    const probe = await new KubernetesApi(http, () => Date.now()).probe(signal)
    http.close()
    return probe
  } catch (failure) {
    return { error: toWire(failure) }
  }
}
