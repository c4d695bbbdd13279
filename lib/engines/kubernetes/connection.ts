import { openSecrets } from '../../access/secrets.ts'
import { AppError } from '../../errors/index.ts'
import { systemClock } from '../../model/clock.ts'
import { settings as ourSettings } from '../../settings.ts'
import type { Connection, ConnectionSettings, Followed } from '../engine.ts'
import { act } from './act.ts'
import { KubernetesApi } from './api.ts'
import { consequencesOf } from './consequences.ts'
import { followKubernetes } from './follow.ts'
import { measureHeadroom } from './headroom.ts'
import { KubernetesHttp } from './http.ts'
import type { KubernetesKind } from './kind.ts'
import { kinds as known } from './kinds/index.ts'
import { readableOf, readLogs } from './logs.ts'
import { contextNamed } from './own-kubeconfig.ts'
import { KubernetesSecrets, KubernetesSettings } from './settings.ts'
import { openTerminal } from './terminal.ts'

/** A sign of life at least this often, whatever the settings say: see `Connection.follow`. */
const longestSilenceMs = 5_000

const byName = new Map(known.map((kind) => [kind.name, kind]))

function kindOf(name: string): KubernetesKind {
  const kind = byName.get(name)
  if (kind && kind.category !== 'event') return kind
  throw new AppError('unsupported', `${name} cannot be read one by one.`, { reason: { code: 'not-readable' } })
}

const noStream = (kind: string) => new AppError('unsupported', `${kind} has no such stream yet.`, { reason: { code: 'no-such-stream' } })

const secretsOf = ({ auth }: KubernetesSettings, sealed: Uint8Array | null): KubernetesSecrets =>
  auth !== 'in-cluster' && sealed ? KubernetesSecrets.parse(openSecrets(sealed)) : {}

/** The one place that opens a cluster's secrets. Throws invalid_input for settings that are none. */
export function connectKubernetes(given: ConnectionSettings, sealed: Uint8Array | null): Connection {
  const settings = KubernetesSettings.parse(given)
  const reached = settings.auth === 'kubeconfig' ? contextNamed(settings.context) : { settings, secrets: secretsOf(settings, sealed) }
  const { engineTimeoutMs, probeIntervalMs, relistIntervalMs } = ourSettings()
  const http = new KubernetesHttp(reached.settings, reached.secrets, engineTimeoutMs)
  const api = new KubernetesApi(http, () => Date.now())

  async function* follow(names: readonly string[], cursors: Record<string, string>, signal: AbortSignal): AsyncGenerator<Followed> {
    try {
      yield* followKubernetes(api, {
        kinds: names.flatMap((name) => byName.get(name) ?? []),
        cursors,
        namespaces: settings.namespaces ?? null,
        signal,
        aliveIntervalMs: Math.min(probeIntervalMs, longestSilenceMs),
        discoverIntervalMs: relistIntervalMs,
        clock: systemClock,
        random: Math.random,
      })
    } catch (failure) {
      if (!signal.aborted) throw http.explain(failure, signal)
    }
  }

  return {
    probe: (signal) => api.probe(signal),
    follow,
    read: async (kind, key, signal) => api.read(kindOf(kind), key, signal),
    consequences: async (kind, key, action, signal) => consequencesOf(api, kindOf(kind), key, action, signal),
    act: async ({ kind, ...request }, progress, signal) => act(api, kindOf(kind), request, progress, signal),
    async *logs(kind, key, options, signal) {
      try {
        yield* readLogs(http, await readableOf(api, kindOf(kind), key, signal), options, signal)
      } catch (failure) {
        if (!signal.aborted) throw http.explain(failure, signal)
      }
    },
    // eslint-disable-next-line require-yield
    async *metrics(kind) {
      throw noStream(kind)
    },
    async terminal(kind, key, options, signal) {
      const [namespace, name] = key.split('/')
      if (kind !== 'kubernetes/pods' || !namespace || !name) throw noStream(kind)
      return openTerminal(http, { namespace, name }, options, signal)
    },
    headroom: (signal) => measureHeadroom(http, signal, () => new Date()),
    close: () => http.close(),
  }
}
