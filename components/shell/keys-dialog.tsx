'use client'

import { useTranslations } from 'next-intl'
import { Dialog } from '#components/ui/dialog.tsx'
import { Kbd } from '#components/ui/kbd.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { ModifierKey } from './modifier-key.tsx'
import { usePreferences } from './preferences.ts'
import { closeOver } from './shell-store.ts'
import { allShortcuts } from './shortcuts.ts'

/** A capital letter is the small one with Shift. */
const nameOf = (key: string): string => (/^\p{Lu}$/u.test(key) ? `⇧ ${key}` : key.length === 1 ? key.toUpperCase() : key)

/** Every key that does something now. */
export function KeysDialog() {
  const t = useTranslations('shell.keys')
  const singleKeys = usePreferences((preferences) => preferences.singleKeys)
  const shortcuts = allShortcuts()
  // Of equal keys the first is the one that runs, so it is the one that is told.
  const rows = shortcuts
    .filter(({ keys }, index) => shortcuts.findIndex((other) => other.keys === keys) === index)
    .flatMap(({ keys, label }) => (label ? [{ keys: keys.split(' '), label, withModifier: false }] : []))
  const held = [
    { keys: ['k'], label: t('find'), withModifier: true },
    { keys: ['`'], label: t('toggleDock'), withModifier: true },
    { keys: ['↑', '↓'], label: t('resizeDock'), withModifier: true },
  ]
  return (
    <Dialog open onOpenChange={closeOver} title={t('title')}>
      {!singleKeys && <Notice tone="info" title={t('off')} className="mb-3" />}
      <dl className="flex flex-col">
        {[...held, ...rows].map(({ keys, label, withModifier }) => (
          <div key={`${withModifier}${keys.join()}`} className="flex h-row items-center gap-3 border-b border-line text-sm last:border-b-0">
            <dt className="flex-1 text-ink-2">
              <span className="inline-block first-letter:uppercase">{label}</span>
            </dt>
            <dd className="flex gap-1">
              {withModifier && (
                <Kbd>
                  <ModifierKey />
                </Kbd>
              )}
              {keys.map((key) => (
                <Kbd key={key}>{nameOf(key)}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
