'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { Plug } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { FormProvider, useForm } from 'react-hook-form'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { nextFlag } from '#lib/model/flag.ts'
import { connectionForms, type EngineWithForm } from '../connections/index.ts'
import { IdentityFields } from './identity-fields.tsx'
import { TrialResult } from './test-result.tsx'
import { useSave } from './use-save.ts'
import { formSchema, valuesOf, type EditedEnvironment, type FormValues } from './values.ts'

interface EnvironmentFormProps {
  engine: EngineWithForm
  /** The engine's word for people. */
  title: string
  /** How many environments there are: a new one gets a flag of its own. */
  taken: number
  edited?: EditedEnvironment
}

/** Connecting an engine, or changing how one is called and reached. It is always tried before it is saved. */
export function EnvironmentForm({ engine, title, taken, edited }: EnvironmentFormProps) {
  const t = useTranslations('environments.form')
  const [before] = useState<FormValues>(() => (edited ? valuesOf(engine, edited) : emptyValues(engine, taken)))
  const needsReason = edited?.environment.protected ?? false
  const form = useForm<FormValues>({ defaultValues: before, resolver: zodResolver(formSchema(engine, needsReason)), mode: 'onTouched' })
  const { trial, saving, test, save } = useSave(engine, form, edited ? { environment: edited.environment, before } : null)
  const { Fields } = connectionForms[engine]
  const name = form.watch('name').trim()
  return (
    <FormProvider {...form}>
      <form noValidate onSubmit={form.handleSubmit(save)} className="flex max-w-3xl flex-col gap-4">
        <Panel title={t('where')}>
          <Section>
            <Fields />
            <div className="flex flex-wrap items-center gap-3">
              <Button icon={Plug} pending={trial?.state === 'asking'} onClick={() => void test()}>
                {t('test')}
              </Button>
            </div>
            {trial && <TrialResult engine={engine} title={title} trial={trial} />}
          </Section>
        </Panel>
        <Panel title={t('identity')}>
          <Section>
            <IdentityFields isNew={!edited} taken={taken} needsReason={needsReason} />
          </Section>
        </Panel>
        <div className="flex flex-wrap items-center gap-2">
          <Button type="submit" variant="primary" size={36} pending={saving}>
            {edited ? t('save', { name: name || edited.environment.name }) : name ? t('connect', { name }) : t('connectUnnamed')}
          </Button>
          <ButtonLink variant="quiet" size={36} href={edited ? `/environments/${edited.environment.id}` : '/environments'}>
            {t('cancel')}
          </ButtonLink>
          <span className="text-xs text-ink-3">{t('saveHelp')}</span>
        </div>
      </form>
    </FormProvider>
  )
}

const Section = ({ children }: { children: ReactNode }) => <div className="flex flex-col gap-4 py-1">{children}</div>

const emptyValues = (engine: EngineWithForm, taken: number): FormValues => ({
  name: '',
  stage: 'dev',
  description: '',
  protected: false,
  flag: nextFlag('', taken),
  connection: connectionForms[engine].empty,
  why: '',
})
