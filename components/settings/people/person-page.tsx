'use client'

import { KeyRound, Trash2, UserRoundCheck, UserRoundX, type LucideIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useConsole } from '#components/shell/console-context.tsx'
import { useCrumb } from '#components/shell/page-store.ts'
import { Button } from '#components/ui/button.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { toast } from '#components/ui/toaster.tsx'
import { api } from '#lib/client/index.ts'
import type { Person } from '#lib/model/person.ts'
import { usePersonActions, type PersonAct } from './person-actions.tsx'
import { PersonForm, type PersonValues } from './person-form.tsx'
import { PersonState } from './person-state.tsx'
import { useSelfReason } from './self-reason.ts'

/** One person: who they are, what they may do, and their account. */
export function PersonPage({ initial }: { initial: Person }) {
  const t = useTranslations('people')
  const router = useRouter()
  const { actor } = useConsole()
  const [person, setPerson] = useState(initial)
  useCrumb(person.name)
  const { ask, dialog } = usePersonActions((next) => (next ? setPerson(next) : router.push('/settings/people')))
  const save = async ({ name, login, bindings }: PersonValues) => {
    const body = { name, login, bindings, known: person.bindings }
    const saved = await api<Person>(`/api/people/${person.id}`, { method: 'PATCH', body })
    setPerson(saved)
    toast({ health: 'completed', title: `${t('form.saved', { name: saved.name })}.`, description: t('form.savedText') })
    if (saved.id === actor.userId) router.refresh()
  }
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="text-lg font-semibold">{person.name}</h2>
        <PersonState person={person} />
      </div>
      <PersonForm
        key={JSON.stringify([person.name, person.login, person.bindings])}
        person={person}
        submit={t('form.save')}
        onSubmit={save}
      />
      <Account person={person} ask={(what) => ask(what, person)} />
      {dialog}
    </>
  )
}

function Account({ person, ask }: { person: Person; ask: (what: PersonAct) => void }) {
  const t = useTranslations('people.act')
  const off = useSelfReason()
  const invited = person.state === 'invited'
  const disabled = person.state === 'disabled'
  const line = (what: PersonAct, icon: LucideIcon, text: string, label: string) => (
    <p className="flex items-center justify-between gap-3 border-t border-line py-3 text-sm text-ink-2 first:border-t-0 first:pt-0 last:pb-0 max-sm:flex-col max-sm:items-start">
      {text}
      <Button
        icon={icon}
        variant={what === 'remove' ? 'danger' : undefined}
        disabledReason={off(what, person)}
        className="max-sm:h-11"
        onClick={() => ask(what)}
      >
        {label}
      </Button>
    </p>
  )
  return (
    <Panel title={t('title')}>
      {line('reset', KeyRound, t(invited ? 'resetInvitedText' : 'resetText'), t(invited ? 'resetInvited' : 'reset'))}
      {disabled
        ? line('enable', UserRoundCheck, t('enableText'), t('enable'))
        : line('disable', UserRoundX, t('disableText'), t('disable'))}
      {line('remove', Trash2, t('removeText'), t('remove'))}
    </Panel>
  )
}
