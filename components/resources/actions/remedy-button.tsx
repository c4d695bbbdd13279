'use client'

import { useTranslations } from 'next-intl'
import { useConsole } from '#components/shell/console-context.tsx'
import { Button } from '#components/ui/button.tsx'
import type { KindDescription } from '#lib/model/kind.ts'
import type { Row } from '#lib/model/resource.ts'
import { useWords } from '../words.ts'
import { useActing } from './acting.ts'
import { remedyOf } from './availability.ts'
import { iconOfAction } from './icons.ts'
import { useRun } from './use-run.ts'

/** The action that is likeliest to help one row; nothing where none can be taken now, or not by this person. */
export function RemedyButton({ row, kind, className }: { row: Row; kind: KindDescription; className?: string }) {
  const t = useTranslations('resources.act')
  const words = useWords()
  const { actor, environmentById } = useConsole()
  const { start } = useRun()
  const running = useActing((acting) => acting.running.get(row.id))
  const remedy = remedyOf(row, kind.actions, { bindings: actor.bindings, environments: environmentById })
  if (!remedy) return null
  const action = words.action(remedy.name)
  return (
    <Button
      size={24}
      icon={iconOfAction(remedy.name)}
      pending={running === remedy.name}
      aria-label={t('title', { action, name: row.name })}
      className={className}
      onClick={() => start(remedy, [kind], { rows: [row] })}
    >
      {action}
    </Button>
  )
}
