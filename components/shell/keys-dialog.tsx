'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Kbd } from '#components/ui/kbd.tsx'
import { ModifierKey } from './modifier-key.tsx'
import { usePreferences } from './preferences.ts'
import { closeOver } from './shell-store.ts'
import { allShortcuts } from './shortcuts.ts'

interface KeyRow {
  keys: ReactNode[]
  label: string
}

const keycaps: Record<string, string> = { Enter: '↵', Escape: 'Esc' }
/** A capital letter is the small one with Shift. */
const nameOf = (key: string): string => keycaps[key] ?? (/^\p{Lu}$/u.test(key) ? `⇧ ${key}` : key.length === 1 ? key.toUpperCase() : key)

/** Every key that does something now. */
export function KeysDialog() {
  const t = useTranslations('shell.keys')
  const tShell = useTranslations('shell')
  const { singleKeys, setSingleKeys } = usePreferences()
  const shortcuts = allShortcuts()
  // Of equal keys the first is the one that runs, so it is the one that is told.
  const told = shortcuts.filter(({ keys, label }, index) => label && shortcuts.findIndex((other) => other.keys === keys) === index)
  const rowsOf = (everywhere: boolean): KeyRow[] =>
    told
      .filter((shortcut) => Boolean(shortcut.everywhere) === everywhere)
      .map(({ keys, label = '' }) => ({ keys: keys.split(' ').map(nameOf), label }))
  return (
    <Dialog open onOpenChange={closeOver} title={t('title')}>
      <KeyGroup title={t('general')} rows={[{ keys: [<ModifierKey key="modifier" />, 'K'], label: t('find') }, ...rowsOf(true)]} />
      <KeyGroup title={t('here')} rows={rowsOf(false)} />
      <KeyGroup
        title={t('dock')}
        rows={[
          { keys: ['Ctrl', '`'], label: t('toggleDock') },
          { keys: ['Ctrl', '↑', '↓'], label: t('resizeDock') },
          { keys: ['/'], label: t('findInLog') },
          { keys: ['Del'], label: t('closeTab') },
        ]}
      />
      <div className="mt-4 text-sm">
        <Checkbox checked={singleKeys} onCheckedChange={setSingleKeys}>
          {tShell('singleKeys')}
        </Checkbox>
        {!singleKeys && <p className="mt-1 text-xs text-ink-3">{t('off')}</p>}
      </div>
    </Dialog>
  )
}

function KeyGroup({ title, rows }: { title: string; rows: KeyRow[] }) {
  if (rows.length === 0) return null
  return (
    <section aria-label={title} className="mt-4 first:mt-0">
      <h3 className="mb-0.5 text-xs font-medium text-ink-3">{title}</h3>
      <dl>
        {rows.map(({ keys, label }) => (
          <div key={label} className="flex h-row items-center gap-3 border-b border-line text-sm last:border-b-0">
            <dt className="flex-1 text-ink-2">
              <span className="inline-block first-letter:uppercase">{label}</span>
            </dt>
            <dd className="flex gap-1">
              {keys.map((key, index) => (
                // oxlint-disable-next-line no-array-index-key -- the keys of a row never change places
                <Kbd key={index}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
