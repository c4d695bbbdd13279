import { useEffect, useRef, useState } from 'react'
import { hashKey } from '@tanstack/react-query'
import type { AppError } from '../errors/index.ts'
import type { LogFrame, LogsParams, MetricSample, MetricsParams } from '../model/stream.ts'
import { type ChannelState, liveClient } from './live-client.ts'

/** What each stream is opened with, and what it sends. */
export interface Streams {
  logs: { params: LogsParams; data: LogFrame }
  metrics: { params: MetricsParams; data: MetricSample }
}

export interface StreamState {
  state: ChannelState
  error: AppError | null
}

/**
 * Follows a log or the metrics of one resource while mounted; `null` as params follows nothing. Frames come one by one
 * into `onData`. After a lost network it goes on behind the last cursor; changed params begin anew.
 */
export function useStream<Name extends keyof Streams>(
  channel: Name,
  params: Streams[Name]['params'] | null,
  onData: (data: Streams[Name]['data']) => void,
): StreamState {
  const [current, setCurrent] = useState<StreamState>({ state: 'connecting', error: null })
  const latest = useRef({ params, onData })
  useEffect(() => {
    latest.current = { params, onData }
  })
  const hash = params === null ? null : hashKey([channel, params])
  useEffect(() => {
    if (hash === null) return
    setCurrent({ state: 'connecting', error: null })
    let cursor: string | undefined
    return liveClient().open(channel, () => (cursor === undefined ? latest.current.params : { ...latest.current.params, cursor }), {
      onData: (data) => {
        const frame = data as Streams[Name]['data']
        if ('cursor' in frame) cursor = frame.cursor
        latest.current.onData(frame)
      },
      onState: (state, error) => setCurrent((known) => (known.state === state && known.error === error ? known : { state, error })),
    })
  }, [channel, hash])
  return current
}
