'use client'

import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { useForm, useWatch, type Control } from 'react-hook-form'
import { useConsole } from '#components/shell/console-context.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field, Input } from '#components/ui/field.tsx'
import { Flag } from '#components/ui/flag.tsx'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import type { KindDescription } from '#lib/model/kind.ts'
import type { Row } from '#lib/model/resource.ts'
import { useWords } from '../words.ts'
import { countOf, useActing, type Asked } from './acting.ts'
import { Consequences } from './consequences.tsx'
import { InputControl, type Values } from './input-control.tsx'
import { fieldsOf, initialValues, inputOf } from './schema-fields.ts'
import { useRun } from './use-run.ts'

/** The confirmation of whatever is asked now: what will happen, what it needs, and one button that names the outcome. */
export function ActionDialog() {
  const asked = useActing((acting) => acting.asked)
  return asked && <Confirmation key={asked.idempotencyKey} asked={asked} />
}

function Confirmation({ asked }: { asked: Asked }) {
  const { action, target } = asked
  const t = useTranslations('resources.act')
  const words = useWords()
  const sayError = useErrorSentence()
  const ask = useActing((acting) => acting.ask)
  const { confirm } = useRun()
  const fields = fieldsOf(action.input)
  const cancelRef = useRef<HTMLButtonElement>(null)
  const { title, label, phrase, environment, isProtected } = useNaming(asked)
  const { register, control, handleSubmit, formState, setError } = useForm<Values>({
    mode: 'onTouched',
    defaultValues: { input: initialValues(fields), why: '', typed: '' },
  })
  const submit = handleSubmit(async ({ input, why }) => {
    try {
      await confirm(asked, { input: inputOf(fields, input), why: why.trim() || null })
      ask(null)
    } catch (error) {
      setError('root', { message: sayError(error) })
    }
  })
  const final = action.weight === 'irreversible'
  return (
    <Dialog
      open
      alert={final}
      onOpenChange={(open) => !open && ask(null)}
      title={title}
      mark={environment && <Flag flag={environment.flag} size={20} />}
      description={environment && t(isProtected ? 'inProtected' : 'in', { environment: environment.name })}
      initialFocus={final || !fields.length ? cancelRef : undefined}
      footer={
        <>
          <Button ref={cancelRef} variant="quiet" size={32} onClick={() => ask(null)}>
            {t('cancel')}
          </Button>
          <SubmitButton
            control={control}
            phrase={final ? phrase : null}
            final={final}
            pending={formState.isSubmitting}
            label={label}
            onClick={() => void submit()}
          />
        </>
      }
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {'query' in target && <p className="text-sm text-ink-2">{t('allMatching', { count: target.count })}</p>}
        <Consequences asked={asked} />
        {fields.map((field) => (
          <InputControl key={field.name} field={field} action={action.name} register={register} errors={formState.errors} />
        ))}
        {isProtected && (
          <Field
            label={t('why')}
            help={t('whyHelp', { environment: environment?.name ?? '' })}
            error={formState.errors.why && t('whyMissing')}
          >
            <Input {...register('why', { validate: (value) => value.trim() !== '' })} autoComplete="off" />
          </Field>
        )}
        {final && (
          <Field label={t.rich('typeName', { name: phrase, b: (chunks) => <b className="font-semibold">{chunks}</b> })}>
            <Input {...register('typed')} autoComplete="off" spellCheck={false} />
          </Field>
        )}
        {formState.errors.root && (
          <p role="alert" className="text-sm text-fail">
            {formState.errors.root.message}
          </p>
        )}
        {/* Enter in a field sends the form; the visible button stands outside of it, in the dialog's last line. */}
        <button type="submit" hidden />
        <span className="sr-only">{words.action(action.name)}</span>
      </form>
    </Dialog>
  )
}

/** How the dialog and its button call what is about to happen, and what is typed to confirm it. */
function useNaming({ action, kinds, target }: Asked) {
  const t = useTranslations('resources.act')
  const words = useWords()
  const { environmentById, environments } = useConsole()
  const count = countOf(target)
  const row = 'rows' in target && target.rows.length === 1 ? target.rows[0] : undefined
  const verb = words.action(action.name)
  const places =
    'rows' in target
      ? [...new Set(target.rows.map((r) => r.environment))].flatMap((id) => environmentById.get(id) ?? [])
      : environments.filter((e) => target.query.environment === undefined || e.id === target.query.environment)
  const many =
    'rows' in target ? countedByKind(kinds, target.rows, words.kind) : `${count} ${kinds.map((kind) => words.kind(kind, count)).join(', ')}`
  return {
    title: row ? `${verb} ${row.name}` : `${verb} ${many}`,
    label: row ? t('title', { action: verb, name: row.name.length > 32 ? words.kind(kinds[0]!, 1) : row.name }) : `${verb} ${many}`,
    phrase: row ? row.name : many,
    environment: places.find((place) => place.protected) ?? places[0],
    isProtected: places.some((place) => place.protected),
  }
}

/** `3 containers, 1 volume`. */
const countedByKind = (kinds: readonly KindDescription[], rows: readonly Row[], nameOf: ReturnType<typeof useWords>['kind']): string =>
  kinds
    .map((kind) => ({ kind, count: rows.filter((row) => row.kind === kind.name).length }))
    .map(({ kind, count }) => `${count} ${nameOf(kind, count)}`)
    .join(', ')

interface SubmitProps {
  control: Control<Values>
  /** What has to be typed before it works; null when nothing has to be. */
  phrase: string | null
  final: boolean
  pending: boolean
  label: string
  onClick(): void
}

function SubmitButton({ control, phrase, final, pending, label, onClick }: SubmitProps) {
  const t = useTranslations('resources.act')
  const typed = useWatch({ control, name: 'typed' })
  const missing = phrase !== null && typed.trim() !== phrase
  return (
    <Button
      variant={final ? 'danger-solid' : 'primary'}
      size={32}
      pending={pending}
      disabledReason={missing && t.rich('typeName', { name: phrase, b: (chunks) => chunks })}
      onClick={onClick}
    >
      {label}
    </Button>
  )
}
