'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useRef, useState, type ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field, Input, Textarea } from '#components/ui/field.tsx'
import { Flag } from '#components/ui/flag.tsx'
import { toast } from '#components/ui/toaster.tsx'
import { api } from '#lib/client/index.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import type { Environment } from '#lib/model/environment.ts'

export type AskedOf = { what: 'pause' | 'resume' | 'remove'; environment: Environment }

/**
 * Pausing, resuming and removing. In a protected environment each asks for a reason first; removing always asks for
 * the name. Answers how to begin, and the dialog to put on the page.
 */
export function useEnvironmentActions(): { ask: (asked: AskedOf) => void; dialog: ReactNode } {
  const [asked, setAsked] = useState<AskedOf | null>(null)
  const run = useRun()
  const close = () => setAsked(null)
  const ask = (next: AskedOf) => {
    if (next.what === 'remove' || next.environment.protected) setAsked(next)
    else void run(next, null)
  }
  return { ask, dialog: asked && <AskDialog key={`${asked.what}${asked.environment.id}`} asked={asked} onClose={close} run={run} /> }
}

const done = { pause: 'pausedToast', resume: 'resumedToast', remove: 'removedToast' } as const

function useRun(): (asked: AskedOf, why: string | null) => Promise<boolean> {
  const t = useTranslations('environments')
  const say = useErrorSentence()
  const router = useRouter()
  return async ({ what, environment: { id, name } }, why) => {
    const path = `/api/environments/${id}`
    try {
      await (what === 'remove' ? api(path, { method: 'DELETE', body: { why } }) : api(`${path}/${what}`, { method: 'POST', body: { why } }))
      toast({ health: 'completed', title: `${t(done[what], { name })}.`, description: what === 'pause' ? t('pausedToastText') : undefined })
      if (what === 'remove') router.push('/environments')
      return true
    } catch (error) {
      toast({ health: 'failing', title: `${t('failedToast')}.`, description: say(error) })
      return false
    }
  }
}

function AskDialog({
  asked: { what, environment },
  onClose,
  run,
}: {
  asked: AskedOf
  onClose: () => void
  run: ReturnType<typeof useRun>
}) {
  const t = useTranslations('environments')
  const tCommon = useTranslations('common')
  const first = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  const [typed, setTyped] = useState('')
  const [why, setWhy] = useState('')
  const [pending, setPending] = useState(false)
  const { name, flag } = environment
  const removing = what === 'remove'
  const missing =
    removing && typed !== name ? t('removal.typeFirst') : environment.protected && !why.trim() ? t('removal.whyHelp') : undefined
  const act = async () => {
    setPending(true)
    if (await run({ what, environment }, why.trim() || null)) onClose()
    else setPending(false)
  }
  return (
    <Dialog
      open
      alert
      onOpenChange={(open) => !open && onClose()}
      initialFocus={first}
      mark={<Flag flag={flag} size={20} quiet />}
      title={removing ? t('removal.title', { name }) : `${t(what)} ${name}`}
      footer={
        <>
          <Button variant="quiet" size={32} onClick={onClose}>
            {tCommon('cancel')}
          </Button>
          <Button
            variant={removing ? 'danger-solid' : 'primary'}
            size={32}
            disabledReason={missing}
            pending={pending}
            onClick={() => void act()}
          >
            {removing ? t('removal.confirm', { name }) : t(what)}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {removing && <Losses environment={environment} />}
        {environment.protected && (
          <Field label={t('removal.why')} help={t('removal.whyHelp')}>
            <Textarea
              ref={removing ? undefined : first}
              rows={2}
              maxLength={1000}
              value={why}
              onChange={(event) => setWhy(event.target.value)}
            />
          </Field>
        )}
        {removing && (
          <Field label={t('removal.type', { name })}>
            <Input ref={first} autoComplete="off" spellCheck={false} value={typed} onChange={(event) => setTyped(event.target.value)} />
          </Field>
        )}
      </div>
    </Dialog>
  )
}

/** What ends, what is erased, and what stays. */
function Losses({ environment: { address, counts } }: { environment: Environment }) {
  const t = useTranslations('environments.removal')
  const things = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return (
    <ul className="flex list-disc flex-col gap-1.5 pl-5 text-sm text-ink-2 marker:text-ink-3">
      <li className="font-medium text-fail">{t('inventory', { count: things })}</li>
      <li>{t('credentials')}</li>
      <li>{t('bindings')}</li>
      <li>{t('nothingStops', { address })}</li>
      <li>{t('kept')}</li>
    </ul>
  )
}
