'use client'

import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Controller, useFormContext } from 'react-hook-form'
import { Field, Input } from '#components/ui/field.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import { tlsSecrets, type DockerValues, type TlsSecret } from './docker-values.ts'
import { HostFields, useTransport } from './host-fields.tsx'
import { SecretInput } from './secret-input.tsx'
import { SshFields } from './ssh.tsx'
import { useFieldError } from './use-field-error.ts'

const transports = ['socket', 'tcp', 'tls', 'ssh'] as const

/** How a Docker engine is reached. Lives inside the form of an environment, under `connection`. */
export function DockerFields() {
  const t = useTranslations('environments.form')
  const { watch } = useFormContext<{ connection: DockerValues }>()
  const transport = watch('connection.transport')
  const choose = useTransport()
  return (
    <>
      <div>
        <p className="mb-1.5 text-sm font-medium">{t('transport')}</p>
        <Segmented
          label={t('transport')}
          value={transport}
          options={transports.map((value) => ({ value, label: t(`transports.${value}`) }))}
          onChange={choose}
          className="max-sm:grid max-sm:h-auto [&>*]:max-sm:min-h-11"
        />
      </div>
      {transport === 'socket' && <SocketFields />}
      {(transport === 'tcp' || transport === 'tls') && <NetworkFields tls={transport === 'tls'} />}
      {transport === 'ssh' && <SshFields />}
    </>
  )
}

function SocketFields() {
  const t = useTranslations('environments.form')
  const { register } = useFormContext<{ connection: DockerValues }>()
  const error = useFieldError()
  return (
    <Field label={t('path')} help={t('pathHelp')} error={error('connection.path')}>
      <Input mono autoComplete="off" spellCheck={false} {...register('connection.path')} />
    </Field>
  )
}

function NetworkFields({ tls }: { tls: boolean }) {
  const t = useTranslations('environments.form')
  return (
    <>
      <HostFields help={t('hostHelp')} />
      {tls ? (
        <TlsFields />
      ) : (
        <p className="flex items-start gap-2 text-sm text-warn">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 flex-none" strokeWidth={1.6} />
          {t('plainWarning')}
        </p>
      )}
    </>
  )
}

const hints: Record<TlsSecret, string> = {
  ca: '-----BEGIN CERTIFICATE-----',
  certificate: '-----BEGIN CERTIFICATE-----',
  key: '-----BEGIN PRIVATE KEY-----',
}

function TlsFields() {
  const t = useTranslations('environments.form')
  const { register, control } = useFormContext<{ connection: DockerValues }>()
  const error = useFieldError()
  const help = { ca: t('caHelp'), certificate: undefined, key: t('keyHelp') }
  return (
    <>
      {tlsSecrets.map((name) => (
        <Controller
          key={name}
          control={control}
          name={`connection.${name}`}
          render={({ field }) => (
            <SecretInput
              label={t(name)}
              help={help[name]}
              placeholder={hints[name]}
              value={field.value}
              onChange={field.onChange}
              onBlur={field.onBlur}
              error={error(`connection.${name}`, { label: name === 'key' ? 'PRIVATE KEY' : 'CERTIFICATE', limit: '100 kB' })}
            />
          )}
        />
      ))}
      <Field label={`${t('serverName')} (${t('optional')})`} help={t('serverNameHelp')}>
        <Input autoComplete="off" spellCheck={false} {...register('connection.serverName')} />
      </Field>
    </>
  )
}
