'use client'

import { useTranslations } from 'next-intl'
import { useRef, useState, type ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field, Input } from '#components/ui/field.tsx'
import { toast } from '#components/ui/toaster.tsx'
import { api } from '#lib/client/index.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import type { OneTimeLink, Person } from '#lib/model/person.ts'
import { LinkShown } from './link-shown.tsx'

export type PersonAct = 'reset' | 'disable' | 'enable' | 'remove'
type Open = { what: 'disable' | 'remove'; person: Person } | { what: 'link'; person: Person; link: OneTimeLink }

/**
 * What can be done with an account. What ends something says first what ends. Answers how to begin, and the dialog to
 * put on the page; `onDone` gets the person as they are now, null when they were removed.
 */
export function usePersonActions(onDone?: (person: Person | null) => void): {
  ask: (what: PersonAct, person: Person) => void
  dialog: ReactNode
} {
  const t = useTranslations('people.act')
  const say = useErrorSentence()
  const [open, setOpen] = useState<Open | null>(null)
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    try {
      await act()
    } catch (error) {
      toast({ health: 'failing', title: `${t('failed')}.`, description: say(error) })
    }
  }
  const post = (verb: string, { id, name }: Person) =>
    attempt(async () => {
      const person = await api<Person>(`/api/people/${id}/${verb}`, { method: 'POST', body: {} })
      toast({ health: 'completed', title: `${t(`${verb}d`, { name })}.` })
      setOpen(null)
      onDone?.(person)
    })
  const reset = (asked: Person) =>
    attempt(async () => {
      const made = await api<{ person: Person; link: OneTimeLink }>(`/api/people/${asked.id}/reset`, { method: 'POST', body: {} })
      setOpen({ what: 'link', ...made })
      onDone?.(made.person)
    })
  const remove = ({ id, name }: Person) =>
    attempt(async () => {
      await api(`/api/people/${id}`, { method: 'DELETE', body: {} })
      toast({ health: 'completed', title: `${t('removed', { name })}.` })
      setOpen(null)
      onDone?.(null)
    })
  const ask = (what: PersonAct, person: Person) => {
    if (what === 'enable') void post('enable', person)
    else if (what === 'reset') void reset(person)
    else setOpen({ what, person })
  }
  const close = () => setOpen(null)
  const dialog =
    open?.what === 'link' ? (
      <LinkDialog person={open.person} link={open.link} onClose={close} />
    ) : open ? (
      <EndDialog
        key={`${open.what}${open.person.id}`}
        {...open}
        onClose={close}
        act={() => (open.what === 'remove' ? remove(open.person) : post('disable', open.person))}
      />
    ) : null
  return { ask, dialog }
}

function LinkDialog({ person, link, onClose }: { person: Person; link: OneTimeLink; onClose: () => void }) {
  const t = useTranslations('people.link')
  return (
    <Dialog
      open
      alert
      onOpenChange={(next) => !next && onClose()}
      title={t('title', { name: person.name })}
      footer={
        <Button size={32} onClick={onClose}>
          {t('done')}
        </Button>
      }
    >
      <LinkShown person={person} made={link} />
    </Dialog>
  )
}

interface EndProps {
  what: 'disable' | 'remove'
  person: Person
  onClose: () => void
  act: () => Promise<void>
}

/** What ends, what is kept; removing asks for the account's name. */
function EndDialog({ what, person: { name, login, provider, sessions, link }, onClose, act }: EndProps) {
  const t = useTranslations('people.act')
  const tCommon = useTranslations('common')
  const input = useRef<HTMLInputElement>(null)
  const cancel = useRef<HTMLButtonElement>(null)
  const [typed, setTyped] = useState('')
  const [pending, setPending] = useState(false)
  const removing = what === 'remove'
  const confirm = async () => {
    setPending(true)
    await act()
    setPending(false)
  }
  return (
    <Dialog
      open
      alert
      onOpenChange={(next) => !next && onClose()}
      initialFocus={removing ? input : cancel}
      title={t(removing ? 'removeTitle' : 'disableTitle', { name })}
      footer={
        <>
          <Button ref={cancel} variant="quiet" size={32} onClick={onClose}>
            {tCommon('cancel')}
          </Button>
          <Button
            variant={removing ? 'danger-solid' : 'primary'}
            size={32}
            pending={pending}
            disabledReason={removing && typed !== login ? t('removeFirst') : undefined}
            onClick={() => void confirm()}
          >
            {removing ? t('removeConfirm', { name }) : t('disableConfirm', { count: sessions })}
          </Button>
        </>
      }
    >
      <ul className="flex list-disc flex-col gap-1.5 pl-5 text-sm text-ink-2 marker:text-ink-3">
        {removing ? (
          <>
            <li className="font-medium text-fail">{t('removeGone')}</li>
            <li>{t('removeKept')}</li>
            {provider !== null && <li>{t('removeAgain', { provider })}</li>}
          </>
        ) : (
          <>
            <li className="font-medium text-ink">{t('disableEnds', { count: sessions })}</li>
            {link && <li>{t('disableLinks')}</li>}
            <li>{t('disableKept')}</li>
          </>
        )}
      </ul>
      {removing && (
        <Field label={t('removeType', { login })} className="mt-4">
          <Input ref={input} autoComplete="off" spellCheck={false} value={typed} onChange={(event) => setTyped(event.target.value)} />
        </Field>
      )}
    </Dialog>
  )
}
