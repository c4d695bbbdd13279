'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useReason } from '#lib/i18n/use-reason.ts'
import type { Health } from '#lib/model/health.ts'
import type { Reason } from '#lib/model/reason.ts'

type Params = Record<string, string | number>

/** The words for what comes as data: kinds, columns, actions, reasons. What nobody translated is shown as it is called. */
export interface Words {
  kind(kind: { name: string; singular: string; plural: string }, count?: number): string
  column(name: string): string
  /** A kind by its full name. */
  kindNamed(name: string): string
  /** What it means that a field is null: `no limit`; null when it only does not apply. */
  absent(name: string): string | null
  action(name: string): string
  input(action: string, property: string): string
  /** Under a field: what it means; null when its label says it all. */
  inputHelp(action: string, property: string): string | null
  reason(reason: Reason): string
  blocked(code: string): string
  health(health: Health): string
}

const spaced = (name: string) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_.]/g, ' ')
    .toLowerCase()
const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)

export function useWords(): Words {
  const t = useTranslations()
  const sentence = useReason()
  return useMemo(() => {
    const say = (key: string, params?: Params): string | null => (t.has(key) ? t(key, params) : null)
    return {
      kind: (kind, count = 2) =>
        say(`kinds.${kind.name.replace('/', '.')}.${count === 1 ? 'one' : 'other'}`) ?? (count === 1 ? kind.singular : kind.plural),
      kindNamed: (name) => say(`kinds.${name.replace('/', '.')}.one`) ?? spaced(name.split('/').at(-1) ?? name),
      absent: (name) => say(`absent.${name}`),
      column: (name) => say(`columns.${name}`) ?? capital(spaced(name)),
      action: (name) => say(`actions.${name}.title`) ?? capital(spaced(name)),
      input: (action, property) => say(`inputs.${action}.${property}`) ?? capital(spaced(property)),
      inputHelp: (action, property) => say(`inputs.${action}.${property}Help`),
      reason: (reason) => (reason.words ? `${sentence(reason)} ${reason.words}` : sentence(reason)),
      blocked: (code) => say(`blocked.${code}`) ?? capital(spaced(code)),
      health: (health) => say(`health.${health}`) ?? capital(health),
    }
  }, [t, sentence])
}
