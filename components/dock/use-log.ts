'use client'

import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { liveClient, useStream, type StreamState } from '#lib/client/index.ts'
import type { Reference } from '#lib/model/resource.ts'
import type { LogFrame, LogsParams } from '#lib/model/stream.ts'
import { beginningOf, type Begin, type LogView } from './log-store.ts'

/** A tab of the browser in the background draws no frames: there a timer takes the lines in. */
const hiddenEveryMs = 250
/** A flood is drawn no more often than this; a line that comes alone is drawn with the next picture. */
const betweenMs = 80

export interface Log extends StreamState {
  /** Grows with every change of the buffer. */
  version: number
  /** Empties the view and reads from another beginning. */
  restart(begin: Begin): void
}

/** Follows a log into the buffer of its view; frames that come between two pictures are taken in together. */
export function useLog({ environment, kind, key }: Reference, view: LogView): Log {
  const paramsFor = (): LogsParams => ({
    environment,
    kind,
    key,
    ...(view.buffer.cursor ? { cursor: view.buffer.cursor } : beginningOf(view.begin, liveClient().serverNow())),
  })
  const [params, setParams] = useState(paramsFor)
  const waiting = useRef<LogFrame[]>([])
  const cancel = useRef<(() => void) | null>(null)
  const takenAt = useRef(0)
  const flush = useCallback(() => {
    cancel.current = null
    takenAt.current = performance.now()
    view.buffer.push(waiting.current.splice(0), !view.following)
  }, [view])
  const take = useCallback(
    (frame: LogFrame) => {
      waiting.current.push(frame)
      cancel.current ??= soon(flush, takenAt.current + betweenMs - performance.now())
    },
    [flush],
  )
  // What came is not lost when the tab goes to the back.
  useEffect(
    () => () => {
      cancel.current?.()
      cancel.current = null
      if (waiting.current.length) flush()
    },
    [flush],
  )
  const stream = useStream('logs', params, take)
  const version = useSyncExternalStore(
    view.buffer.subscribe,
    () => view.buffer.version,
    () => 0,
  )
  const restart = (begin: Begin) => {
    waiting.current = []
    view.buffer.clear()
    view.begin = begin
    view.following = true
    setParams(paramsFor())
  }
  return { ...stream, version, restart }
}

function soon(run: () => void, waitMs: number): () => void {
  if (document.hidden || waitMs > 0) {
    const timer = setTimeout(run, document.hidden ? hiddenEveryMs : waitMs)
    return () => clearTimeout(timer)
  }
  const frame = requestAnimationFrame(run)
  return () => cancelAnimationFrame(frame)
}
