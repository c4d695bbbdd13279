'use client'

import { useTranslations } from 'next-intl'
import { Controller, useFormContext } from 'react-hook-form'
import { Button } from '#components/ui/button.tsx'
import { Field, Input } from '#components/ui/field.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import type { DockerValues } from './docker-values.ts'
import { HostFields } from './host-fields.tsx'
import { SecretInput } from './secret-input.tsx'
import { useFieldError } from './use-field-error.ts'

const ways = ['key', 'agent'] as const

/** A machine that is reached by SSH, and the engine's socket there. */
export function SshFields() {
  const t = useTranslations('environments.form')
  const { register } = useFormContext<{ connection: DockerValues }>()
  const error = useFieldError()
  return (
    <>
      <HostFields help={t('sshHostHelp')} />
      <div className="grid gap-4 sm:grid-cols-2 sm:gap-3">
        <Field label={t('user')} help={t('userHelp')} error={error('connection.user')}>
          <Input autoComplete="off" spellCheck={false} placeholder="deploy" {...register('connection.user')} />
        </Field>
        <Field label={t('remotePath')} help={t('remotePathHelp')} error={error('connection.path')}>
          <Input mono autoComplete="off" spellCheck={false} {...register('connection.path')} />
        </Field>
      </div>
      <SignInFields />
      <HostKey />
    </>
  )
}

function SignInFields() {
  const t = useTranslations('environments.form')
  const { watch, setValue, control } = useFormContext<{ connection: DockerValues }>()
  const error = useFieldError()
  const way = watch('connection.signIn')
  return (
    <>
      <div>
        <p className="mb-1.5 text-sm font-medium">{t('signIn')}</p>
        <Segmented
          label={t('signIn')}
          value={way}
          options={ways.map((value) => ({ value, label: t(`signIns.${value}`) }))}
          onChange={(next) => setValue('connection.signIn', next, { shouldDirty: true })}
          className="max-sm:grid max-sm:h-auto [&>*]:max-sm:min-h-11"
        />
        {way === 'agent' && <p className="mt-1.5 text-xs text-ink-3">{t('agentHelp')}</p>}
      </div>
      {way === 'key' && (
        <>
          <Controller
            control={control}
            name="connection.sshKey"
            render={({ field }) => (
              <SecretInput
                label={t('sshKey')}
                help={t('sshKeyHelp')}
                placeholder="-----BEGIN OPENSSH PRIVATE KEY-----"
                value={field.value}
                onChange={field.onChange}
                onBlur={field.onBlur}
                error={error('connection.sshKey', { limit: '100 kB' })}
              />
            )}
          />
          <Controller
            control={control}
            name="connection.passphrase"
            render={({ field }) => (
              <SecretInput
                label={`${t('passphrase')} (${t('optional')})`}
                value={field.value}
                onChange={field.onChange}
                onBlur={field.onBlur}
              />
            )}
          />
        </>
      )}
    </>
  )
}

/** What the host is known by. Another key is accepted only by who asks for it here. */
function HostKey() {
  const t = useTranslations('environments.form')
  const { watch, setValue } = useFormContext<{ connection: DockerValues }>()
  const hostKey = watch('connection.hostKey')
  return (
    <div>
      <p className="mb-1.5 text-sm font-medium">{t('hostKey')}</p>
      {hostKey ? (
        <div className="flex flex-wrap items-center gap-2">
          <code className="min-w-0 flex-1 font-mono text-xs break-all max-sm:basis-full">{hostKey}</code>
          <Button size={24} onClick={() => setValue('connection.hostKey', '', { shouldDirty: true })}>
            {t('hostKeyForget')}
          </Button>
        </div>
      ) : null}
      <p className="mt-1.5 text-xs text-ink-3">{t(hostKey ? 'hostKeyPinned' : 'hostKeyNone')}</p>
    </div>
  )
}
