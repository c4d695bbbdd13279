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

const connecting: StreamState = { state: 'connecting', error: null }

/**
 * Follows a log or the metrics of one resource while mounted; `null` as params follows nothing. Frames come one by one
 * into `onData`. After a lost network it goes on behind the last cursor; changed params begin anew.
 */
export function useStream<Name extends keyof Streams>(
  channel: Name,
  params: Streams[Name]['params'] | null,
  onData: (data: Streams[Name]['data']) => void,
): StreamState {
  const latest = useRef({ params, onData })
  useEffect(() => {
    latest.current = { params, onData }
  })
  const hash = params === null ? null : hashKey([channel, params])
  const [current, setCurrent] = useState<StreamState & { hash: string | null }>({ ...connecting, hash })
  useEffect(() => {
    if (hash === null) return
    let cursor: string | undefined
    return liveClient().open(channel, () => (cursor === undefined ? latest.current.params : { ...latest.current.params, cursor }), {
      onData: (data) => {
        const frame = data as Streams[Name]['data']
        if ('cursor' in frame) cursor = frame.cursor
        latest.current.onData(frame)
      },
      onState: (state, error) => setCurrent((known) => (isSame(known, { state, error, hash }) ? known : { state, error, hash })),
    })
  }, [channel, hash])
  // What is known of other params says nothing of these.
  return current.hash === hash ? current : connecting
}

const isSame = (a: StreamState & { hash: string | null }, b: typeof a) => a.state === b.state && a.error === b.error && a.hash === b.hash
