'use client'

import { Pause, Play, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useWords } from '#components/resources/words.ts'
import { useConsole } from '#components/shell/console-context.tsx'
import { useCrumb } from '#components/shell/page-store.ts'
import { Button } from '#components/ui/button.tsx'
import { Flag } from '#components/ui/flag.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Panel } from '#components/ui/panel.tsx'
import type { Environment } from '#lib/model/environment.ts'
import { connectionForms, type EngineWithForm } from './connections/index.ts'
import { EnvironmentForm } from './form/lazy-form.tsx'
import { useEnvironmentActions } from './pause-and-remove.tsx'
import { verdictOnConnecting } from './rights.ts'

interface EnvironmentSettingsProps {
  environment: Environment
  /** Null for who may not change it. */
  connection: { settings: Record<string, unknown>; secrets: string[] } | null
  /** The engine's word for people. */
  title: string
}

const hasForm = (name: string): name is EngineWithForm => name in connectionForms

/** How one environment is called and reached; pausing and removing it. */
export function EnvironmentSettings({ environment, connection, title }: EnvironmentSettingsProps) {
  const t = useTranslations('environments.form')
  const words = useWords()
  useCrumb(useTranslations('environments.overview')('settings'))
  const { actor, environments, environmentById } = useConsole()
  const verdict = verdictOnConnecting(actor.bindings)
  const engine = environment.engine
  return (
    <div className="flex flex-col gap-4 px-6 pt-4 pb-6 max-sm:px-4">
      <div>
        <h1 className="flex items-center gap-2.5 text-xl font-semibold tracking-[-0.015em]">
          <Flag flag={environment.flag} size={20} quiet />
          {t('editTitle', { name: environment.name })}
        </h1>
        {connection && connection.secrets.length > 0 && <p className="mt-0.5 text-sm text-ink-2">{t('secretsKept')}</p>}
      </div>
      {!verdict.allowed && <Notice tone="forbidden" title={words.reason(verdict.reason)} />}
      {connection && hasForm(engine) && (
        <>
          <EnvironmentForm engine={engine} title={title} taken={environments.length} edited={{ environment, connection }} />
          <Ending environment={environmentById.get(environment.id) ?? environment} />
        </>
      )}
    </div>
  )
}

/** Pausing and removing; the dialog says what is lost. */
function Ending({ environment }: { environment: Environment }) {
  const t = useTranslations('environments')
  const { ask, dialog } = useEnvironmentActions()
  const paused = environment.state === 'paused'
  return (
    <Panel title={t('form.dangerTitle')} className="max-w-3xl">
      <div className="flex flex-col gap-3">
        <p className="flex flex-wrap items-center justify-between gap-3 text-sm text-ink-2">
          {t('form.pauseText')}
          <Button icon={paused ? Play : Pause} onClick={() => ask({ what: paused ? 'resume' : 'pause', environment })}>
            {paused ? t('resume') : t('pause')}
          </Button>
        </p>
        <p className="flex flex-wrap items-center justify-between gap-3 border-t border-line pt-3 text-sm text-ink-2">
          {t('form.removeText')}
          <Button variant="danger" icon={Trash2} onClick={() => ask({ what: 'remove', environment })}>
            {t('remove')}
          </Button>
        </p>
      </div>
      {dialog}
    </Panel>
  )
}
