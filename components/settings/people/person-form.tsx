'use client'

import { useTranslations } from 'next-intl'
import { useState, type SubmitEvent } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field, Input } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import { loginRule } from '#lib/model/login.ts'
import type { Person } from '#lib/model/person.ts'
import type { Binding } from '#lib/model/role.ts'
import { BindingsEditor } from './bindings-editor.tsx'
import { BindingsOfProvider } from './bindings-of-provider.tsx'
import { bindingOf, draftOf, newDraft, sameRoles } from './drafts.ts'

export interface PersonValues {
  name: string
  login: string
  bindings: Binding[]
}

interface PersonFormProps {
  /** Who is changed; without, somebody new. */
  person?: Person
  submit: string
  /** Whatever it throws stands above the form. */
  onSubmit: (values: PersonValues) => Promise<void>
}

/** Who somebody is and what they may do, for an invitation and for a change. */
export function PersonForm({ person, submit, onSubmit }: PersonFormProps) {
  const t = useTranslations('people')
  const say = useErrorSentence()
  const [name, setName] = useState(person?.name ?? '')
  const [login, setLogin] = useState(person?.login ?? '')
  const [drafts, setDrafts] = useState(() => person?.bindings.map(draftOf) ?? [newDraft()])
  const [tried, setTried] = useState(false)
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const values = { name: name.trim(), login: login.trim().toLowerCase(), bindings: drafts.map(bindingOf) }
  const provider = person?.provider
  const wrong = { name: values.name === '', login: !loginRule.test(values.login) }
  const same = person && values.name === person.name && values.login === person.login && sameRoles(values.bindings, person.bindings)
  const send = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (wrong.name || wrong.login || pending || same) return
    setPending(true)
    setProblem(null)
    await onSubmit(values).catch((error: unknown) => setProblem(say(error)))
    setPending(false)
  }
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void send(event)}>
      {problem && <Notice tone="failed" live title={problem} />}
      <Panel title={t('form.who')}>
        <div className="grid grid-cols-2 gap-4 py-1 max-sm:grid-cols-1">
          <Field label={t('form.name')} help={t('form.nameHelp')} error={tried && wrong.name && t('form.nameMissing')}>
            <Input autoComplete="off" required maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
          </Field>
          <Field
            label={t('form.login')}
            help={provider ? t('form.loginOfProvider', { provider }) : t('form.loginHelp')}
            error={(tried || person) && wrong.login && t('form.loginWrong')}
          >
            <Input
              autoComplete="off"
              autoCapitalize="none"
              autoCorrect="off"
              spellCheck={false}
              required
              maxLength={100}
              value={login}
              onChange={(event) => setLogin(event.target.value)}
            />
          </Field>
        </div>
      </Panel>
      <Panel title={t('roles.title')}>
        {person && provider ? (
          <BindingsOfProvider bindings={person.bindings} provider={provider} />
        ) : (
          <BindingsEditor drafts={drafts} onChange={setDrafts} />
        )}
      </Panel>
      <Button
        type="submit"
        variant="primary"
        size={32}
        pending={pending}
        disabledReason={same ? t('form.nothingToSave') : undefined}
        className="self-start max-sm:h-11"
      >
        {submit}
      </Button>
    </form>
  )
}
