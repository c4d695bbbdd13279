'use client'

import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { FocusEvent } from 'react'
import { Controller, useFormContext } from 'react-hook-form'
import { Field, Input } from '#components/ui/field.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import { addressIn, secretNames, usualPorts, type DockerValues, type SecretName } from './docker-values.ts'
import { SecretInput } from './secret-input.tsx'
import { useFieldError } from './use-field-error.ts'

const transports = ['socket', 'tcp', 'tls'] as const

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
      {transport === 'socket' ? <SocketFields /> : <NetworkFields tls={transport === 'tls'} />}
    </>
  )
}

/** Changes the way; a port that nobody chose goes with it. */
function useTransport() {
  const { setValue, getValues } = useFormContext<{ connection: DockerValues }>()
  return (next: DockerValues['transport']) => {
    setValue('connection.transport', next, { shouldDirty: true })
    const { port } = getValues('connection')
    const isUsual = Object.values(usualPorts).some((usual) => usual === port)
    if (next !== 'socket' && isUsual) setValue('connection.port', usualPorts[next], { shouldDirty: true })
  }
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
  const { register, setValue } = useFormContext<{ connection: DockerValues }>()
  const error = useFieldError()
  const choose = useTransport()
  // A whole address is taken apart when the field is left: each part goes where it belongs.
  const takeApart = (text: string) => {
    const address = addressIn(text)
    if (!address) return
    if (address.transport) choose(address.transport)
    if (address.port) setValue('connection.port', address.port, { shouldDirty: true, shouldValidate: true })
    setValue('connection.host', address.host, { shouldDirty: true, shouldValidate: true })
  }
  const host = register('connection.host', { onBlur: (event: FocusEvent<HTMLInputElement>) => takeApart(event.target.value) })
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)_7rem] gap-3">
        <Field label={t('host')} help={t('hostHelp')} error={error('connection.host')}>
          <Input autoComplete="off" spellCheck={false} placeholder="build-01" {...host} />
        </Field>
        <Field label={t('port')} error={error('connection.port')}>
          <Input inputMode="numeric" autoComplete="off" {...register('connection.port')} />
        </Field>
      </div>
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

const hints: Record<SecretName, string> = {
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
      {secretNames.map((name) => (
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
