'use client'

import { useTranslations } from 'next-intl'
import { Controller, useFormContext } from 'react-hook-form'
import { Field, Input } from '#components/ui/field.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import { kubernetesWays, type KubernetesValues } from './kubernetes-values.ts'
import { SecretInput } from './secret-input.tsx'
import { useFieldError } from './use-field-error.ts'

/** How a cluster is reached. Lives inside the form of an environment, under `connection`. */
export function KubernetesFields() {
  const t = useTranslations('environments.form')
  const { watch, setValue, register } = useFormContext<{ connection: KubernetesValues }>()
  const error = useFieldError()
  const way = watch('connection.way')
  return (
    <>
      {way === 'kubeconfig' && <p className="text-sm text-ink-2">{t('ownKubeconfig', { context: watch('connection.context') })}</p>}
      <div>
        <p className="mb-1.5 text-sm font-medium">{t('signIn')}</p>
        <Segmented
          label={t('signIn')}
          value={way}
          options={kubernetesWays.map((value) => ({ value, label: t(`kubernetesWays.${value}`) }))}
          onChange={(next) => setValue('connection.way', next, { shouldDirty: true })}
          className="max-sm:grid max-sm:h-auto [&>*]:max-sm:min-h-11"
        />
      </div>
      {way === 'in-cluster' && <p className="text-sm text-ink-2">{t('inClusterHelp')}</p>}
      {(way === 'token' || way === 'certificate') && <ServerFields way={way} />}
      <Field label={`${t('namespaces')} (${t('optional')})`} help={t('namespacesHelp')} error={error('connection.namespaces')}>
        <Input mono autoComplete="off" spellCheck={false} {...register('connection.namespaces')} />
      </Field>
    </>
  )
}

function ServerFields({ way }: { way: 'token' | 'certificate' }) {
  const t = useTranslations('environments.form')
  const { register } = useFormContext<{ connection: KubernetesValues }>()
  const error = useFieldError()
  return (
    <>
      <Field label={t('server')} help={t('serverHelp')} error={error('connection.server')}>
        <Input autoComplete="off" spellCheck={false} placeholder="https://cluster.example.org:6443" {...register('connection.server')} />
      </Field>
      <Secret name="ca" help={t('caHelp')} hint="-----BEGIN CERTIFICATE-----" />
      {way === 'token' && <Secret name="token" help={t('keyHelp')} />}
      {way === 'certificate' && (
        <>
          <Secret name="certificate" hint="-----BEGIN CERTIFICATE-----" />
          <Secret name="key" help={t('keyHelp')} hint="-----BEGIN PRIVATE KEY-----" />
        </>
      )}
      <Field label={`${t('serverName')} (${t('optional')})`} help={t('serverNameHelp')}>
        <Input autoComplete="off" spellCheck={false} {...register('connection.serverName')} />
      </Field>
    </>
  )
}

/** One secret; without a hint of its first line it is typed unseen. */
function Secret({ name, help, hint }: { name: 'ca' | 'token' | 'certificate' | 'key'; help?: string; hint?: string }) {
  const t = useTranslations('environments.form')
  const { control } = useFormContext<{ connection: KubernetesValues }>()
  const error = useFieldError()
  return (
    <Controller
      control={control}
      name={`connection.${name}`}
      render={({ field }) => (
        <SecretInput
          label={t(name)}
          help={help}
          {...(hint && { placeholder: hint })}
          value={field.value}
          onChange={field.onChange}
          onBlur={field.onBlur}
          error={error(`connection.${name}`, { label: name === 'key' ? 'PRIVATE KEY' : 'CERTIFICATE', limit: '100 kB' })}
        />
      )}
    />
  )
}
