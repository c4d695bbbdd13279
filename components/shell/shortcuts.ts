'use client'

import { useEffect, useRef } from 'react'
import { usePreferences } from './preferences.ts'

export interface Shortcut {
  /** `g h`, `/`, `?`, `x`: one key or two, one after the other. Names are those of KeyboardEvent.key. */
  keys: string
  /** What it does, for the list of all keys; without one it is not listed. */
  label?: string
  /** Without one the key is heard elsewhere, where the focus is, and is only listed. */
  run?: () => void
  /** Works on every page. */
  everywhere?: boolean
}

const registered: (readonly Shortcut[])[] = []

/** All that can be pressed now; of equal keys the one registered last comes first. */
export const allShortcuts = (): Shortcut[] => registered.toReversed().flat()

/** Single keys while the component is there. They never fire while somebody types, and a preference switches them off. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  // The list of keys stays registered; what they do is that of the last render.
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  const names = shortcuts
    .map(({ keys, label = '', run, everywhere }) => [keys, label, run ? 'run' : '', everywhere ? 'all' : ''].join('\n'))
    .join('\t')
  useEffect(() => {
    const group = names.split('\t').map((name, index): Shortcut => {
      const [keys = '', label, run, everywhere] = name.split('\n')
      return {
        keys,
        label: label || undefined,
        run: run ? () => latest.current[index]?.run?.() : undefined,
        everywhere: everywhere !== '',
      }
    })
    registered.push(group)
    return () => void registered.splice(registered.indexOf(group), 1)
  }, [names])
}

/** Two keys belong together within this time. */
const pairMs = 1000

export interface Pressed {
  key: string
  at: number
}

/** What a key means after the one before it: a shortcut to run, or the first half of one. */
export function meaningOf(known: readonly Shortcut[], before: Pressed | null, now: Pressed): Shortcut | 'half' | null {
  const shortcuts = known.filter(({ run }) => run)
  if (before && now.at - before.at < pairMs) {
    const pair = shortcuts.find((shortcut) => shortcut.keys === `${before.key} ${now.key}`)
    if (pair) return pair
  }
  const single = shortcuts.find((shortcut) => shortcut.keys === now.key)
  if (single) return single
  return shortcuts.some((shortcut) => shortcut.keys.startsWith(`${now.key} `)) ? 'half' : null
}

/** Where letters are text, or mean something to a menu or a dialog. */
const busyPlaces =
  'input:not([type=checkbox]):not([type=radio]),textarea,select,[contenteditable=true],[role=menu],[role=listbox],[data-modal]'

const isTaken = (event: KeyboardEvent): boolean =>
  event.defaultPrevented ||
  event.ctrlKey ||
  event.metaKey ||
  event.altKey ||
  event.isComposing ||
  (event.target instanceof Element && event.target.closest(busyPlaces) !== null)

/** Listens for single keys; stands once, in the shell. */
export function useShortcutListener(): void {
  const enabled = usePreferences((preferences) => preferences.singleKeys)
  useEffect(() => {
    if (!enabled) return
    let before: Pressed | null = null
    const listen = (event: KeyboardEvent) => {
      if (isTaken(event)) return
      const now = { key: event.key, at: event.timeStamp }
      const meaning = meaningOf(allShortcuts(), before, now)
      before = meaning === 'half' ? now : null
      if (!meaning || meaning === 'half') return
      event.preventDefault()
      meaning.run?.()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [enabled])
}
