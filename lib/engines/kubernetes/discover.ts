import { toWire } from '../../errors/index.ts'
import { settings as ourSettings } from '../../settings.ts'
import type { Discovered } from '../engine.ts'
import { KubernetesApi } from './api.ts'
import { KubernetesHttp } from './http.ts'
import { addressOf, type KubernetesSettings } from './settings.ts'

/** Somebody waits for the page that shows this. */
const probeTimeoutMs = 3_000

/** The cluster that Portolan runs in, if it does. No kubeconfig of anybody's is looked for. */
export async function discoverKubernetes(signal: AbortSignal): Promise<Discovered[]> {
  if (!ourSettings().clusterServer) return []
  const settings: KubernetesSettings = { auth: 'in-cluster' }
  return [{ settings, address: addressOf(settings), name: 'kubernetes', probe: await look(settings, signal) }]
}

async function look(settings: KubernetesSettings, signal: AbortSignal): Promise<Discovered['probe']> {
  try {
    const http = new KubernetesHttp(settings, {}, probeTimeoutMs)
    const probe = await new KubernetesApi(http, () => Date.now()).probe(signal)
    http.close()
    return probe
  } catch (failure) {
    return { error: toWire(failure) }
  }
}
