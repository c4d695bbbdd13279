'use client'

import { useTranslations } from 'next-intl'
import type { Binding } from '#lib/model/role.ts'
import { useBindingWords } from './bindings-in-words.ts'

/** What groups give somebody: to be read, not to be changed here. */
export function BindingsOfProvider({ bindings, provider }: { bindings: readonly Binding[]; provider: string }) {
  const t = useTranslations('people')
  const words = useBindingWords()
  return (
    <div className="flex flex-col gap-2 py-1 text-sm text-ink-2">
      <ul className="flex flex-col gap-1 font-medium text-ink">
        {bindings.map((binding) => (
          <li key={JSON.stringify(binding)}>{words.brief(binding)}</li>
        ))}
      </ul>
      {bindings.length === 0 && <p>{t('noRoles')}</p>}
      <p>{t('roles.ofProvider', { provider })}</p>
    </div>
  )
}
