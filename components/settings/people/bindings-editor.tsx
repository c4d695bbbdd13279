'use client'

import { Plus, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useConsole } from '#components/shell/console-context.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field, Input } from '#components/ui/field.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { Select } from '#components/ui/select.tsx'
import { StateGlyph } from '#components/ui/state-glyph.tsx'
import { roles, type Role } from '#lib/model/role.ts'
import { useBindingWords } from './bindings-in-words.ts'
import { bindingOf, type BindingDraft, newDraft } from './drafts.ts'

const fleet = 'fleet'

/** Role by role, where each holds, and in words what comes of it. */
export function BindingsEditor({ drafts, onChange }: { drafts: readonly BindingDraft[]; onChange: (drafts: BindingDraft[]) => void }) {
  const t = useTranslations('people.roles')
  return (
    <div className="flex flex-col gap-3">
      {drafts.length === 0 && <p className="text-sm text-ink-2">{t('none')}</p>}
      {drafts.map((draft, index) => (
        <BindingRow
          key={draft.id}
          draft={draft}
          number={index + 1}
          onChange={(next) => onChange(drafts.map((one) => (one.id === draft.id ? next : one)))}
          onDrop={() => onChange(drafts.filter((one) => one.id !== draft.id))}
        />
      ))}
      <Button icon={Plus} className="self-start max-sm:h-11" onClick={() => onChange([...drafts, newDraft()])}>
        {t('add')}
      </Button>
    </div>
  )
}

interface RowProps {
  draft: BindingDraft
  number: number
  onChange: (draft: BindingDraft) => void
  onDrop: () => void
}

function BindingRow({ draft, number, onChange, onDrop }: RowProps) {
  const t = useTranslations('people.roles')
  const tRoles = useTranslations('roles')
  const words = useBindingWords()
  const { environments } = useConsole()
  const binding = bindingOf(draft)
  const nothing = words.nothing(binding)
  return (
    <div role="group" aria-label={`${t('role')} ${number}`} className="border-b border-line pb-3 last-of-type:border-b-0">
      <div className="grid grid-cols-[10rem_minmax(0,1fr)_minmax(0,1fr)_1.75rem] items-end gap-2 max-sm:grid-cols-[minmax(0,1fr)_2.75rem]">
        <Field label={t('role')} className="max-sm:col-start-1">
          <Select
            value={draft.role}
            options={roles.map((role) => ({ value: role, label: tRoles(role) }))}
            onChange={(event) => onChange({ ...draft, role: event.target.value as Role })}
          />
        </Field>
        <Field label={t('where')} className="max-sm:col-span-2">
          <Select
            value={draft.environment ?? fleet}
            options={[{ value: fleet, label: t('fleet') }, ...environments.map(({ id, name }) => ({ value: id, label: name }))]}
            onChange={({ target: { value } }) => onChange({ ...draft, environment: value === fleet ? null : value })}
          />
        </Field>
        {draft.environment === null ? (
          <span className="max-sm:hidden" />
        ) : (
          <Field label={t('namespaces')} className="max-sm:col-span-2">
            <Input
              autoComplete="off"
              spellCheck={false}
              placeholder={t('namespacesAll')}
              value={draft.namespaces}
              onChange={(event) => onChange({ ...draft, namespaces: event.target.value })}
            />
          </Field>
        )}
        <IconButton
          icon={X}
          label={t('drop', { number })}
          className="mb-0.5 max-sm:col-start-2 max-sm:row-start-1 max-sm:mb-0 max-sm:size-11"
          onClick={onDrop}
        />
      </div>
      <p className="mt-2 text-sm text-ink-2">{nothing === null ? words.can(binding) : null}</p>
      {nothing !== null && (
        <p role="status" className="flex items-start gap-1.5 text-xs text-warn">
          <StateGlyph health="degraded" size={11} className="mt-1" />
          <span>{nothing}</span>
        </p>
      )}
    </div>
  )
}
