'use client'

import { useTranslations } from 'next-intl'
import { Controller, useFormContext } from 'react-hook-form'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Field, Input, Textarea } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { nextFlag, stages } from '#lib/model/flag.ts'
import { useFieldError } from '../connections/use-field-error.ts'
import { FlagFields } from './flag-fields.tsx'
import type { FormValues } from './values.ts'

interface IdentityFieldsProps {
  isNew: boolean
  taken: number
  needsReason: boolean
}

/** How an environment is called and known: name, stage, description, flag, and whether changes ask for a reason. */
export function IdentityFields({ isNew, taken, needsReason }: IdentityFieldsProps) {
  const t = useTranslations('environments.form')
  const { register, control, setValue, trigger, getFieldState, getValues } = useFormContext<FormValues>()
  const error = useFieldError()
  const tStages = useTranslations('stages')
  const stage = register('stage')
  const name = register('name')
  // A new one is protected with production, and coded after its name, until somebody says otherwise.
  const followStage = (chosen: string) => {
    if (isNew && !getFieldState('protected').isDirty) setValue('protected', chosen === 'prod')
  }
  const followName = (typed: string) => {
    if (isNew && !getFieldState('flag').isDirty) setValue('flag', { ...getValues('flag'), code: nextFlag(typed, taken).code })
  }
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_12rem]">
        <Field label={t('name')} help={t('nameHelp')} error={error('name')}>
          <Input
            maxLength={60}
            autoComplete="off"
            {...name}
            onChange={(event) => {
              followName(event.target.value)
              return name.onChange(event)
            }}
          />
        </Field>
        <Field label={t('stage')} help={t('stageHelp')}>
          <Select
            options={stages.map((value) => ({ value, label: tStages(value) }))}
            {...stage}
            onChange={(event) => {
              followStage(event.target.value)
              return stage.onChange(event)
            }}
          />
        </Field>
      </div>
      <Controller
        control={control}
        name="protected"
        render={({ field }) => (
          <Checkbox checked={field.value} onCheckedChange={(checked) => setValue('protected', checked, { shouldDirty: true })}>
            {t('protected')}
          </Checkbox>
        )}
      />
      <Field label={`${t('description')} (${t('optional')})`}>
        <Textarea rows={2} maxLength={2000} {...register('description')} />
      </Field>
      <fieldset>
        <legend className="text-sm font-medium">{t('flag')}</legend>
        <p className="mt-0.5 mb-3 text-xs text-ink-3">{t('flagHelp')}</p>
        <Controller
          control={control}
          name="flag"
          render={({ field }) => (
            <FlagFields
              value={field.value}
              error={error('flag.code')}
              // Said when the code is left; once said, it goes as soon as it is put right.
              onChange={(flag) => {
                setValue('flag', flag, { shouldDirty: true })
                if (error('flag.code')) void trigger('flag.code')
              }}
              onBlur={() => void trigger('flag.code')}
            />
          )}
        />
      </fieldset>
      {needsReason && <Reason />}
    </>
  )
}

function Reason() {
  const t = useTranslations('environments.removal')
  const { register } = useFormContext<FormValues>()
  const error = useFieldError()
  return (
    <Field label={t('why')} help={t('whyHelp')} error={error('why')}>
      <Textarea rows={2} maxLength={1000} {...register('why')} />
    </Field>
  )
}
