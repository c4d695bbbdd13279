'use client'

import { useTranslations } from 'next-intl'
import type { TerminalView } from './terminal-view.ts'

/** What the keyboard of a phone does not have. */
const keys = [
  { name: 'Esc', text: '\u001b' },
  { name: 'Tab', text: '\t' },
  { name: 'Ctrl-C', text: '\u0003' },
  { name: 'Ctrl-D', text: '\u0004' },
  { name: '↑', text: '\u001b[A', word: 'up' },
  { name: '↓', text: '\u001b[B', word: 'down' },
] as const

export function TerminalKeys({ view }: { view: TerminalView }) {
  const t = useTranslations('dock.terminal')
  return (
    <div role="group" aria-label={t('keys')} className="flex flex-none gap-1 border-t border-line bg-surface p-1 sm:hidden">
      {keys.map((key) => (
        <button
          key={key.name}
          type="button"
          aria-label={'word' in key ? t(key.word) : undefined}
          className="h-11 flex-1 rounded-md border border-line font-mono text-xs text-ink-2"
          onClick={() => {
            view.type(key.text)
            view.terminal.focus()
          }}
        >
          {key.name}
        </button>
      ))}
    </div>
  )
}
