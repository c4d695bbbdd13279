'use client'

import { Search, UserRoundPlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { useDeferredValue, useState } from 'react'
import { Failure } from '#components/states/failure.tsx'
import { useConsole } from '#components/shell/console-context.tsx'
import { Ago } from '#components/ui/ago.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Chip } from '#components/ui/chip.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Input } from '#components/ui/field.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { useLive } from '#lib/client/index.ts'
import type { LiveList } from '#lib/model/live.ts'
import type { Person } from '#lib/model/person.ts'
import { useBindingWords } from './bindings-in-words.ts'
import { usePersonActions, type PersonAct } from './person-actions.tsx'
import { PersonMenu } from './person-menu.tsx'
import { PersonState } from './person-state.tsx'

interface Head {
  total: number
}

/** Everybody who has an account. */
export function PeopleList({ initial }: { initial: LiveList<Person, Head> }) {
  const t = useTranslations('people')
  const [typed, setTyped] = useState('')
  const text = useDeferredValue(typed.trim())
  const input = text === '' ? {} : { text }
  const { rows, head, error } = useLive<Person, Head>('people.list', input, { initial: text === '' ? initial : undefined })
  const { ask, dialog } = usePersonActions()
  const total = head?.total ?? 0
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <p className="text-sm text-ink-2 max-sm:basis-full">
          {rows && (total > rows.length ? t('some', { shown: rows.length, total }) : t('lead', { count: total }))}
        </p>
        <span className="flex-1 max-sm:hidden" />
        <Input
          type="search"
          size={28}
          aria-label={t('find')}
          placeholder={t('find')}
          before={<Search aria-hidden className="size-3.5 flex-none text-ink-3" strokeWidth={1.6} />}
          className="w-56 max-sm:h-11 max-sm:flex-1"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <ButtonLink variant="primary" icon={UserRoundPlus} href="/settings/people/new" className="max-sm:h-11">
          {t('invite')}
        </ButtonLink>
      </div>
      {error && !rows ? (
        <Failure error={error} />
      ) : (
        <div className="overflow-hidden rounded-lg border border-line bg-surface">
          {!rows ? (
            <SkeletonRows count={6} />
          ) : rows.length === 0 ? (
            <EmptyState title={`${t('emptyTitle')}.`}>{t('emptyText')}</EmptyState>
          ) : (
            <Table people={rows} ask={ask} />
          )}
        </div>
      )}
      {dialog}
    </>
  )
}

interface TableProps {
  people: readonly Person[]
  ask: (what: PersonAct, person: Person) => void
}

function Table({ people, ask }: TableProps) {
  const t = useTranslations('people.columns')
  const head = 'h-8 px-3.5 text-left text-xs font-medium whitespace-nowrap text-ink-3'
  return (
    <table className="w-full border-collapse text-sm max-sm:block">
      <thead className="border-b border-line max-sm:sr-only">
        <tr>
          <th className={head}>{t('person')}</th>
          <th className={head}>{t('state')}</th>
          <th className={head}>{t('roles')}</th>
          <th className={head}>{t('seen')}</th>
          <th className="w-12" />
        </tr>
      </thead>
      <tbody className="max-sm:block">
        {people.map((person) => (
          <PersonRow key={person.id} person={person} ask={ask} />
        ))}
      </tbody>
    </table>
  )
}

const cell = 'px-3.5 py-2 align-top max-sm:block max-sm:border-0 max-sm:px-0 max-sm:py-0.5'
const mostRoles = 3

function PersonRow({ person, ask }: { person: Person; ask: TableProps['ask'] }) {
  const t = useTranslations('people')
  const words = useBindingWords()
  const { actor } = useConsole()
  const { id, name, login, bindings, lastSeenAt, sessions } = person
  const more = bindings.length - mostRoles
  return (
    <tr className="border-t border-line first:border-t-0 hover:bg-hover max-sm:relative max-sm:block max-sm:px-4 max-sm:py-3 max-sm:pr-14">
      <td className={cell}>
        <div className="flex items-center gap-2">
          <Link href={`/settings/people/${id}`} className="font-medium hover:underline max-sm:text-base">
            {name}
          </Link>
          {id === actor.userId && <Chip>{t('you')}</Chip>}
        </div>
        <p className="text-xs text-ink-3">{login}</p>
      </td>
      <td className={cell}>
        <PersonState person={person} />
      </td>
      <td className={`${cell} text-ink-2`}>
        {bindings.length === 0 && <span className="text-ink-3">{t('noRoles')}</span>}
        <ul>
          {bindings.slice(0, mostRoles).map((binding) => (
            <li key={JSON.stringify(binding)}>{words.brief(binding)}</li>
          ))}
          {more > 0 && <li className="text-xs text-ink-3">{t('moreRoles', { count: more })}</li>}
        </ul>
      </td>
      <td className={`${cell} whitespace-nowrap text-ink-2 tabular-nums max-sm:text-xs`}>
        <span className="text-ink-3 sm:hidden">{t('columns.seen')} </span>
        {lastSeenAt ? <Ago at={lastSeenAt} /> : t('never')}
        <p className="text-xs text-ink-3">{t('signedIn', { count: sessions })}</p>
      </td>
      <td className={`${cell} text-right max-sm:absolute max-sm:top-2 max-sm:right-3`}>
        <PersonMenu person={person} ask={ask} />
      </td>
    </tr>
  )
}
