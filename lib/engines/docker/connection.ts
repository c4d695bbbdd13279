import { openSecrets } from '../../access/secrets.ts'
import { AppError } from '../../errors/index.ts'
import { settings as ourSettings } from '../../settings.ts'
import type { Connection, ConnectionSettings, Followed } from '../engine.ts'
import { act } from './act.ts'
import { DockerSecrets, DockerSettings } from './address.ts'
import { DockerApi } from './api.ts'
import { consequencesOf } from './consequences.ts'
import { followDocker } from './follow.ts'
import { DockerHttp } from './http.ts'
import { measureHeadroom } from './headroom.ts'
import { readLogs } from './logs.ts'
import { readMetrics } from './metrics.ts'
import { readObject } from './read.ts'
import { openTerminal } from './terminal.ts'

/** A sign of life at least this often, whatever the settings say: see `Connection.follow`. */
const longestSilenceMs = 5_000

const onlyContainers = (kind: string) => {
  if (kind !== 'docker/containers') throw new AppError('unsupported', `${kind} has no such stream.`, { reason: { code: 'no-such-stream' } })
}

/** The one place that opens a Docker engine's secrets. Throws invalid_input for settings that are none. */
export function connectDocker(given: ConnectionSettings, sealed: Uint8Array | null): Connection {
  const settings = DockerSettings.parse(given)
  const hasSecrets = settings.transport === 'tls' || settings.transport === 'ssh'
  const secrets = hasSecrets && sealed ? DockerSecrets.parse(openSecrets(sealed)) : {}
  const { engineTimeoutMs, probeIntervalMs, relistIntervalMs } = ourSettings()
  const http = new DockerHttp(settings, secrets, engineTimeoutMs)
  const api = new DockerApi(http)
  const now = () => Date.now()

  async function* follow(kinds: readonly string[], cursors: Record<string, string>, signal: AbortSignal): AsyncGenerator<Followed> {
    try {
      const aliveIntervalMs = Math.min(probeIntervalMs, longestSilenceMs)
      yield* followDocker(api, { kinds, cursors, signal, aliveIntervalMs, relistIntervalMs, now })
    } catch (failure) {
      if (!signal.aborted) throw http.explain(failure, signal)
    }
  }

  return {
    probe: (signal) => api.probe(signal),
    follow,
    read: (kind, key, signal) => readObject(api, kind, key, signal, now()),
    consequences: (kind, key, action, signal) => consequencesOf(api, kind, key, action, signal, now()),
    act: async (request, progress, signal) =>
      act(api, request, await readObject(api, request.kind, request.key, signal, now()), progress, signal),
    async *logs(kind, key, options, signal) {
      onlyContainers(kind)
      try {
        yield* readLogs(api, key, options, signal)
      } catch (failure) {
        if (!signal.aborted) throw http.explain(failure, signal)
      }
    },
    async *metrics(kind, key, signal) {
      onlyContainers(kind)
      try {
        yield* readMetrics(api, key, signal, () => new Date())
      } catch (failure) {
        if (!signal.aborted) throw http.explain(failure, signal)
      }
    },
    async terminal(kind, key, options, signal) {
      onlyContainers(kind)
      return openTerminal(api, key, options, signal)
    },
    headroom: (signal) => measureHeadroom(api, signal, () => new Date()),
    close: () => http.close(),
  }
}
