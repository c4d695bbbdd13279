'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useReason } from '#lib/i18n/use-reason.ts'
import type { Health } from '#lib/model/health.ts'
import type { Reason } from '#lib/model/reason.ts'
import type { Row } from '#lib/model/resource.ts'
import { severityOf } from './values/read.ts'

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
  /** The word for how it is; of an event, how bad it is. */
  state(row: Pick<Row, 'state' | 'facts'>): string
  blocked(code: string): string
  health(health: Health): string
  severity(severity: string): string
  /** What an engine's event says of what it is about; with an empty name without it. */
  event(event: EventSaid, name: string): string
}

export interface EventSaid {
  /** Of whom it speaks. */
  kind: string
  action: string
  attributes: Record<string, string>
}

/** What the sentences of events choose their words by; an engine may leave each of them out. */
const unsaid = { exitCode: 'none', signal: 'none', status: 'none', oldName: 'none' }

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
    const severity = (one: string) => say(`severities.${one}`) ?? capital(one)
    const reason = (one: Reason) => (one.words ? `${sentence(one)} ${one.words}` : sentence(one))
    return {
      kind: (kind, count = 2) =>
        say(`kinds.${kind.name.replace('/', '.')}.${count === 1 ? 'one' : 'other'}`) ?? (count === 1 ? kind.singular : kind.plural),
      kindNamed: (name) => say(`kinds.${name.replace('/', '.')}.one`) ?? spaced(name.split('/').at(-1) ?? name),
      absent: (name) => say(`absent.${name}`),
      column: (name) => say(`columns.${name}`) ?? capital(spaced(name)),
      action: (name) => say(`actions.${name}.title`) ?? capital(spaced(name)),
      input: (action, property) => say(`inputs.${action}.${property}`) ?? capital(spaced(property)),
      inputHelp: (action, property) => say(`inputs.${action}.${property}Help`),
      reason,
      state: (row) => {
        const bad = severityOf(row)
        return bad ? severity(bad) : reason(row.state)
      },
      blocked: (code) => say(`blocked.${code}`) ?? capital(spaced(code)),
      health: (health) => say(`health.${health}`) ?? capital(health),
      severity,
      event: ({ kind, action, attributes }, name) =>
        (
          say(`events.${kind.replace('/', '.')}.${action}`, { ...unsaid, ...attributes, name }) ??
          // What an engine says in words of its own says more than its code.
          (attributes['message'] && !name
            ? attributes['message']
            : t('changes.event', { name, action: attributes['message'] ?? spaced(action) }))
        ).trim(),
    }
  }, [t, sentence])
}
