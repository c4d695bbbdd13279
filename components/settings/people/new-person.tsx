'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCrumb } from '#components/shell/page-store.ts'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { api } from '#lib/client/index.ts'
import type { OneTimeLink, Person } from '#lib/model/person.ts'
import { LinkShown } from './link-shown.tsx'
import { PersonForm } from './person-form.tsx'

interface Invited {
  person: Person
  link: OneTimeLink
}

/** Somebody new; then the link for them, once. */
export function NewPerson() {
  const t = useTranslations('people')
  useCrumb(t('form.newTitle'))
  const [invited, setInvited] = useState<Invited | null>(null)
  if (!invited)
    return (
      <>
        <div>
          <h2 className="text-lg font-semibold">{t('form.newTitle')}</h2>
          <p className="mt-0.5 text-sm text-ink-2">{t('form.newLead')}</p>
        </div>
        <PersonForm
          submit={t('form.submit')}
          onSubmit={async (values) => setInvited(await api<Invited>('/api/people', { method: 'POST', body: values }))}
        />
      </>
    )
  const { person, link } = invited
  return (
    <Panel title={t('link.title', { name: person.name })}>
      <LinkShown person={person} made={link} />
      <div className="mt-4 flex flex-wrap gap-2 border-t border-line pt-3">
        <ButtonLink href="/settings/people">{t('link.done')}</ButtonLink>
        <Button onClick={() => setInvited(null)}>{t('link.another')}</Button>
        <ButtonLink variant="quiet" href={`/settings/people/${person.id}`}>
          {t('link.open', { name: person.name })}
        </ButtonLink>
      </div>
    </Panel>
  )
}
