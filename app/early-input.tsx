'use client'

import { useEffect } from 'react'

interface Early {
  event: Event
  /** What stood in the field then. */
  text: string | undefined
}

declare global {
  interface Window {
    /** What was clicked, typed and sent before React listened, in that order. */
    portolanEarly?: { kept: Early[]; keep(event: Event): void }
  }
}

const types = ['click', 'submit', 'input', 'keydown'] as const
const pressed = 'button, [role]'

/**
 * Runs before everything else in the page, as it is written here. Links work by themselves and text stands in its field;
 * anything else would be lost, or a form be sent with its fields in the address. Where a script does not come, because
 * the network changed or a newer Portolan has other ones, the page is loaded again, once: it would never listen.
 */
const listen = `(() => {
  const kept = []
  const keep = (event) => {
    const at = event.target
    if (!event.isTrusted || !(at instanceof Element) || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.type === 'click' && (at.closest('a[href]') || !at.closest('${pressed}'))) return
    if (event.type === 'keydown' && (event.key.length > 1 || event.key === ' ' || at.closest('input, textarea, select'))) return
    if (event.type !== 'input') { event.preventDefault(); event.stopImmediatePropagation() }
    kept.push({ event, text: at.value })
  }
  for (const type of ${JSON.stringify(types)}) addEventListener(type, keep, true)
  window.portolanEarly = { kept, keep }
  addEventListener('error', ({ target }) => {
    const again = performance.getEntriesByType('navigation')[0]?.type === 'reload'
    if (target instanceof HTMLScriptElement && window.portolanEarly && !again) location.reload()
  }, true)
})()`

/** Stands first in the page: keeps what a person does before React listens. */
export const KeepEarlyInput = ({ nonce }: { nonce: string | undefined }) => (
  // Browsers hide a nonce from scripts once it was used, so the one in the page differs from the server's.
  <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: listen }} />
)

/** Does it again once React listens: a slow machine or line loses no click and no key. */
export function RepeatEarlyInput() {
  useEffect(() => {
    const early = window.portolanEarly
    if (!early) return
    // The keys of a page are there a render after the page is.
    const timer = setTimeout(() => {
      delete window.portolanEarly
      for (const type of types) removeEventListener(type, early.keep, true)
      for (const one of early.kept) if (one.event.target instanceof Element && one.event.target.isConnected) repeat(one, one.event.target)
    })
    return () => clearTimeout(timer)
  }, [])
  return null
}

function repeat({ event, text }: Early, target: Element): void {
  if (event.type === 'click') target.closest<HTMLElement>(pressed)?.click()
  else if (event.type === 'submit') (target as HTMLFormElement).requestSubmit()
  else if (event instanceof KeyboardEvent) target.dispatchEvent(new KeyboardEvent('keydown', event))
  else if (text !== undefined && target instanceof HTMLSelectElement) {
    target.value = text
    target.dispatchEvent(new Event('change', { bubbles: true }))
  } else if (text !== undefined && (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) {
    // React compares with what it last saw in the field, so it must first see another text.
    target.value = `${text} `
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(target), 'value')!.set!.call(target, text)
    target.dispatchEvent(new Event('input', { bubbles: true }))
  }
}
