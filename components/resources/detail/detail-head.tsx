'use client'

import { Ellipsis, ScrollText } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useConsole } from '#components/shell/console-context.tsx'
import { useDock } from '#components/shell/dock-store.ts'
import { environmentPath, kindPath } from '#components/shell/place.ts'
import { Button } from '#components/ui/button.tsx'
import { Flag } from '#components/ui/flag.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { Name } from '#components/ui/name.tsx'
import { StateGlyph } from '#components/ui/state-glyph.tsx'
import type { KindDescription } from '#lib/model/kind.ts'
import type { Row } from '#lib/model/resource.ts'
import { ActionMenu, useWhyOff } from '../actions/action-menu.tsx'
import { useActing } from '../actions/acting.ts'
import { availabilityOf, remedyOf } from '../actions/availability.ts'
import { iconOfAction } from '../actions/icons.ts'
import { useRun } from '../actions/use-run.ts'
import { hrefOf } from '../href.ts'
import { ShellButton } from '../shell-button.tsx'
import { useWords } from '../words.ts'

interface DetailTitleProps {
  row: Row
  kind: KindDescription
  /** In the drawer: the name leads to the page, and it is no heading of a page. */
  drawer?: boolean
}

export function DetailTitle({ row, kind, drawer }: DetailTitleProps) {
  const t = useTranslations('resources.detail')
  const words = useWords()
  const { environmentById } = useConsole()
  const environment = environmentById.get(row.environment)
  const stale = environment?.state === 'stale'
  const Heading = drawer ? 'h2' : 'h1'
  const name = <Name copy={!drawer}>{row.name}</Name>
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-2">
      <StateGlyph health={stale ? 'unknown' : row.health} size={16} />
      <Heading className="flex min-w-0 max-w-full text-lg font-semibold tracking-[-0.01em]">
        {drawer ? (
          <Link href={hrefOf(row)} className="flex min-w-0 hover:underline" title={t('open')}>
            {name}
          </Link>
        ) : (
          name
        )}
      </Heading>
      <span className="flex min-w-0 items-center gap-1.5 text-sm text-ink-3">
        <Link href={kindPath(row.environment, row.kind)} className="inline-block first-letter:uppercase hover:underline">
          {words.kind(kind, 1)}
        </Link>
        {row.namespace && <span className="text-ink-2">{row.namespace}</span>}
        {environment && (
          <Link href={environmentPath(environment.id)} className="flex min-w-0 items-center gap-1.5 text-ink-2 hover:underline">
            <Flag flag={environment.flag} size={15} quiet />
            <span className="truncate">{environment.name}</span>
          </Link>
        )}
      </span>
    </div>
  )
}

/** Two or three that matter now, the likeliest remedy first and in ink; the rest in the menu. */
export function DetailActions({ row, kind }: { row: Row; kind: KindDescription }) {
  const t = useTranslations('resources.detail')
  const words = useWords()
  const whyOff = useWhyOff()
  const { actor, environmentById } = useConsole()
  const { start } = useRun()
  const openLogs = useDock((dock) => dock.openLogs)
  const running = useActing((acting) => acting.running.get(row.id))
  const circumstance = { bindings: actor.bindings, environments: environmentById }
  const remedy = remedyOf(row, kind.actions, circumstance)
  const others = kind.actions
    .filter((action) => action !== remedy && action.weight !== 'irreversible' && !row.blocked[action.name])
    .slice(0, 2)
  const shown = [...others, ...(remedy ? [remedy] : [])]
  return (
    <div className="flex flex-wrap items-center gap-2">
      {kind.streams.includes('logs') && (
        <Button icon={ScrollText} onClick={() => openLogs({ environment: row.environment, kind: row.kind, key: row.key }, row.name)}>
          {t('logs')}
        </Button>
      )}
      <ShellButton row={row} kind={kind} />
      {shown.map((action) => (
        <Button
          key={action.name}
          variant={action === remedy ? 'primary' : 'default'}
          icon={iconOfAction(action.name)}
          pending={running === action.name}
          disabledReason={whyOff(availabilityOf(action, row, circumstance))}
          onClick={() => start(action, [kind], { rows: [row] })}
        >
          {words.action(action.name)}
        </Button>
      ))}
      <ActionMenu
        row={row}
        kind={kind}
        environment={environmentById.get(row.environment)}
        except={shown.map((action) => action.name)}
        trigger={<IconButton icon={Ellipsis} label={t('more')} />}
      />
    </div>
  )
}
