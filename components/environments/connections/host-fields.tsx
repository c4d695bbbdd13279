'use client'

import { useTranslations } from 'next-intl'
import type { FocusEvent, ReactNode } from 'react'
import { useFormContext } from 'react-hook-form'
import { Field, Input } from '#components/ui/field.tsx'
import { addressIn, usualPorts, type DockerValues } from './docker-values.ts'
import { useFieldError } from './use-field-error.ts'

/** Changes the way; a port that nobody chose goes with it. */
export function useTransport() {
  const { setValue, getValues } = useFormContext<{ connection: DockerValues }>()
  return (next: DockerValues['transport']) => {
    setValue('connection.transport', next, { shouldDirty: true })
    const { port } = getValues('connection')
    const isUsual = Object.values(usualPorts).some((usual) => usual === port)
    if (next !== 'socket' && isUsual) setValue('connection.port', usualPorts[next], { shouldDirty: true })
  }
}

/** Another machine, and its port. */
export function HostFields({ help }: { help: ReactNode }) {
  const t = useTranslations('environments.form')
  const { register, setValue } = useFormContext<{ connection: DockerValues }>()
  const error = useFieldError()
  const choose = useTransport()
  // A whole address is taken apart when the field is left: each part goes where it belongs.
  const takeApart = (text: string) => {
    const address = addressIn(text)
    if (!address) return
    if (address.transport) choose(address.transport)
    for (const part of ['port', 'user', 'path', 'host'] as const)
      if (address[part]) setValue(`connection.${part}`, address[part], { shouldDirty: true, shouldValidate: true })
  }
  // The key that is known is another machine's.
  const onChange = () => setValue('connection.hostKey', '')
  const host = register('connection.host', { onChange, onBlur: (event: FocusEvent<HTMLInputElement>) => takeApart(event.target.value) })
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_7rem] gap-3">
      <Field label={t('host')} help={help} error={error('connection.host')}>
        <Input autoComplete="off" spellCheck={false} placeholder="build-01" {...host} />
      </Field>
      <Field label={t('port')} error={error('connection.port')}>
        <Input inputMode="numeric" autoComplete="off" {...register('connection.port', { onChange })} />
      </Field>
    </div>
  )
}
