'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useWords } from '#components/resources/words.ts'
import { useConsole } from '#components/shell/console-context.tsx'
import { useCrumb } from '#components/shell/page-store.ts'
import { Notice } from '#components/ui/notice.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import { connectionForms, type EngineWithForm } from './connections/index.ts'
import { EnvironmentForm } from './form/lazy-form.tsx'
import { FromFile } from './from-file.tsx'
import { verdictOnConnecting } from './rights.ts'

const hasForm = (name: string): name is EngineWithForm => name in connectionForms

interface EngineChoice {
  name: string
  title: string
  /** Its tools have files that say how it is reached. */
  hasFile: boolean
}

/** Connecting an engine, by a file of its own tools or by hand. */
export function NewEnvironment({ engines }: { engines: readonly EngineChoice[] }) {
  const t = useTranslations('environments')
  const words = useWords()
  useCrumb(t('form.addTitle'))
  const { actor, environments } = useConsole()
  const choices = engines.filter((engine): engine is EngineChoice & { name: EngineWithForm } => hasForm(engine.name))
  const [name, setName] = useState(choices[0]?.name)
  const [way, setWay] = useState<'file' | 'hand'>('file')
  const chosen = choices.find((engine) => engine.name === name)
  const verdict = verdictOnConnecting(actor.bindings)
  return (
    <div className="flex flex-col gap-4 px-6 pt-4 pb-6 max-sm:px-4">
      <div>
        <h1 className="text-xl font-semibold tracking-[-0.015em]">{t('form.addTitle')}</h1>
        <p className="mt-0.5 text-sm text-ink-2">{t('form.addLead')}</p>
      </div>
      {verdict.allowed && choices.length > 1 && chosen && (
        <Segmented
          label={t('engine')}
          value={chosen.name}
          options={choices.map((engine) => ({ value: engine.name, label: engine.title }))}
          onChange={setName}
          className="self-start"
        />
      )}
      {verdict.allowed && chosen?.hasFile && (
        <Segmented
          label={t('file.way')}
          value={way}
          options={(['file', 'hand'] as const).map((value) => ({ value, label: t(`file.ways.${value}`) }))}
          onChange={setWay}
          className="self-start"
        />
      )}
      {verdict.allowed && chosen?.hasFile && way === 'file' ? (
        <FromFile key={chosen.name} engine={chosen.name} />
      ) : verdict.allowed ? (
        chosen && <EnvironmentForm key={chosen.name} engine={chosen.name} title={chosen.title} taken={environments.length} />
      ) : (
        <Notice tone="forbidden" title={words.reason(verdict.reason)} />
      )}
    </div>
  )
}
