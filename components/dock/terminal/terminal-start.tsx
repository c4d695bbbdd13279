'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { useConsole } from '#components/shell/console-context.tsx'
import type { TerminalTab } from '#components/shell/dock-store.ts'
import { Button } from '#components/ui/button.tsx'
import { Field, Input } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import { isAppError } from '#lib/errors/index.ts'
import { OpenTerminals } from './open-terminals.tsx'
import { emptyWish, useOpen, type Wish } from './use-open.ts'

/** What to open, and why where a reason is asked for. Without anything to ask it opens at once. */
export function TerminalStart({ tab }: { tab: TerminalTab }) {
  const t = useTranslations('dock.terminal')
  const { environmentById } = useConsole()
  const environment = environmentById.get(tab.reference.environment)
  const isProtected = environment?.protected ?? false
  const atOnce = tab.atOnce && !isProtected
  const { open, isOpening, error } = useOpen(tab)
  useEffect(() => {
    if (atOnce) void open(emptyWish)
  }, [atOnce, open])
  if (atOnce && !error) return <p className="min-h-0 flex-1 bg-sunken px-4 py-3 text-sm text-ink-3">{t('opening', { name: tab.title })}</p>
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-4 py-3">
      <Form
        // What failed for want of a shell is tried again with a program.
        mode={isAppError(error) && error.reason?.code === 'no-shell' ? 'program' : 'shell'}
        key={error ? 'failed' : 'new'}
        environment={isProtected ? environment!.name : null}
        isOpening={isOpening}
        error={error}
        onOpen={(wish) => void open(wish)}
      />
      <OpenTerminals reference={tab.reference} title={tab.title} />
    </div>
  )
}

interface FormProps {
  mode: Wish['mode']
  /** Named where a reason is asked for. */
  environment: string | null
  isOpening: boolean
  error: unknown
  onOpen(wish: Wish): void
}

function Form({ mode, environment, isOpening, error, onOpen }: FormProps) {
  const t = useTranslations('dock.terminal')
  const say = useErrorSentence()
  const [wish, setWish] = useState<Wish>({ ...emptyWish, mode })
  const form = useRef<HTMLFormElement>(null)
  // What has to be filled in first, else what opens it.
  const first = environment === null ? 'button[type=submit]' : 'input'
  useEffect(() => form.current?.querySelector<HTMLElement>(first)?.focus(), [first])
  const change = (part: Partial<Wish>) => setWish({ ...wish, ...part })
  const missing =
    environment && !wish.why.trim() ? t('whyMissing') : wish.mode === 'program' && !wish.command.trim() ? t('programMissing') : undefined
  const text = (name: 'command' | 'user' | 'workingDirectory' | 'why', help?: string) => (
    <Field label={t(`fields.${name}`)} help={help}>
      <Input
        mono={name !== 'why'}
        value={wish[name]}
        autoComplete="off"
        spellCheck={name === 'why'}
        onChange={(event) => change({ [name]: event.target.value })}
      />
    </Field>
  )
  return (
    <form
      ref={form}
      className="flex max-w-3xl flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (!missing) onOpen(wish)
      }}
    >
      {Boolean(error) && <Notice tone="failed" live title={say(error)} />}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Segmented
          label={t('what')}
          value={wish.mode}
          onChange={(next) => change({ mode: next })}
          options={(['shell', 'program', 'attach'] as const).map((value) => ({ value, label: t(`modes.${value}`) }))}
        />
        <p className="min-w-0 flex-1 basis-60 text-xs text-ink-3">{t(`modeHelp.${wish.mode}`)}</p>
        <Button type="submit" variant="primary" pending={isOpening} disabledReason={missing}>
          {t('open')}
        </Button>
      </div>
      {environment !== null && text('why', t('whyHelp', { environment }))}
      {wish.mode === 'program' && text('command')}
      {wish.mode !== 'attach' && (
        <div className="grid gap-3 sm:grid-cols-2">
          {text('user', t('userHelp'))}
          {text('workingDirectory', t('folderHelp'))}
        </div>
      )}
    </form>
  )
}
