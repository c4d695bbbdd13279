'use client'

import { useEffect, useState, useSyncExternalStore, type ComponentType, type ReactNode } from 'react'
import type { StateName } from './state-glyph.tsx'

export interface ToastOptions {
  /** The same id again replaces the words of the toast that is there. */
  id?: string
  health?: StateName
  title: ReactNode
  description?: ReactNode
  action?: { label: ReactNode; onClick: () => void }
  /** Milliseconds; 10 s with an action, so that Undo can be reached, else 6 s. 0 stays. */
  timeout?: number
}

/** One toast with its id: what the list shows next. */
export type Said = ToastOptions & { id: string }

/** What draws toasts, once it is loaded: nobody needs it before the first one. */
export interface ToastSink {
  show(said: Said): void
  close(id: string): void
}

let sink: ToastSink | null = null
let waiting: readonly Said[] = []
let count = 0
const listeners = new Set<() => void>()

function setWaiting(next: readonly Said[]): void {
  waiting = next
  for (const listener of listeners) listener()
}
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Says what was done, with a way back. Answers its id. */
export function toast(options: ToastOptions): string {
  const said = { ...options, id: options.id ?? `toast-${++count}` }
  if (sink) sink.show(said)
  else setWaiting([...waiting.filter(({ id }) => id !== said.id), said])
  return said.id
}

export function closeToast(id: string): void {
  if (sink) sink.close(id)
  else setWaiting(waiting.filter((said) => said.id !== id))
}

/** The list hands itself in when it stands, and takes what was said before. Answers how to leave. */
export function attachToasts(list: ToastSink): () => void {
  sink = list
  for (const said of waiting) list.show(said)
  setWaiting([])
  return () => {
    sink = null
  }
}

/** Stands once, in the root layout. */
export function Toaster() {
  const said = useSyncExternalStore(
    subscribe,
    () => waiting,
    () => waiting,
  )
  const [List, setList] = useState<ComponentType | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    if (said.length === 0 || List) return
    import('./toast-list.tsx').then(
      (module) => setList(() => module.ToastList),
      () => setFailed(true),
    )
  }, [said, List])
  if (List) return <List />
  return failed && said.length > 0 ? <PlainToasts said={said} /> : null
}

/** The same words without the part that could not be loaded: what happened must not be lost with it. */
const PlainToasts = ({ said }: { said: readonly Said[] }) => (
  <div role="alert" className="fixed right-4 bottom-12 z-50 flex w-96 max-w-[calc(100vw-2rem)] flex-col gap-2 max-sm:bottom-20">
    {said.map(({ id, title, description }) => (
      <p key={id} className="rounded-lg border border-line bg-raised px-3.5 py-2.5 text-sm shadow-pop">
        <b className="font-medium">{title}</b> <span className="text-ink-2">{description}</span>
      </p>
    ))}
  </div>
)
