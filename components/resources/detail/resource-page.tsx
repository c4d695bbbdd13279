'use client'

import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useMemo } from 'react'
import { useCommands, type Command } from '#components/shell/commands.ts'
import { useConsole } from '#components/shell/console-context.tsx'
import { useDock } from '#components/shell/dock-store.ts'
import { useCrumb } from '#components/shell/page-store.ts'
import { useShortcuts } from '#components/shell/shortcuts.ts'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { Tabs } from '#components/ui/tabs.tsx'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import type { Environment } from '#lib/model/environment.ts'
import type { KindDescription } from '#lib/model/kind.ts'
import type { Reference, Row } from '#lib/model/resource.ts'
import { ActionHost } from '../actions/action-host.tsx'
import { useWhyOff } from '../actions/action-menu.tsx'
import { availabilityOf } from '../actions/availability.ts'
import { iconOfAction } from '../actions/icons.ts'
import { useRun } from '../actions/use-run.ts'
import { FreshnessBars } from '../list/notices.tsx'
import { useShell } from '../use-shell.ts'
import { useWords } from '../words.ts'
import { DetailActions, DetailTitle } from './detail-head.tsx'
import { DocumentTab } from './document-tab.tsx'
import { Gone } from './gone.tsx'
import { KeyFacts } from './key-facts.tsx'
import { Metrics } from './metrics.tsx'
import { Overview } from './overview.tsx'
import { Sentence } from './sentence.tsx'
import { Timeline } from './timeline.tsx'
import { useResource, type Detail, type DetailHead } from './use-resource.ts'

export interface ResourcePageProps {
  reference: Reference
  initial: Detail | undefined
}

/** One resource: what it is, how it is, what can be done, and everything known of it in tabs. */
export function ResourceDetailPage({ reference, initial }: ResourcePageProps) {
  const say = useErrorSentence()
  const router = useRouter()
  const t = useTranslations('resources.notices')
  const { kindByName, environmentById } = useConsole()
  const { row, name, head, gone, error } = useResource(reference, initial)
  const kind = kindByName.get(reference.kind)
  const environment = environmentById.get(reference.environment)
  useCrumb(name)
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      {environment && <FreshnessBars environments={[{ ...environment, syncedAt: row?.observedAt ?? null }]} />}
      <div className="flex flex-1 flex-col px-5 pt-3.5 pb-6 max-sm:px-4">
        {/* What is there is headed by its own name, with its state. */}
        {(gone || !kind || !row) && <h1 className="sr-only">{name}</h1>}
        {gone || !kind ? (
          <Gone reference={reference} name={name} environment={environment} />
        ) : row ? (
          <Present row={row} head={head} kind={kind} environment={environment} reference={reference} />
        ) : error ? (
          <Notice tone="failed" live title={say(error)} actions={<Button onClick={() => router.refresh()}>{t('retry')}</Button>} />
        ) : (
          <SkeletonRows count={10} />
        )}
      </div>
      <ActionHost />
    </div>
  )
}

interface PresentProps {
  row: Row
  head: DetailHead | undefined
  kind: KindDescription
  environment: Environment | undefined
  reference: Reference
}

const known = ['overview', 'logs', 'metrics', 'timeline', 'document', 'yaml'] as const
type Tab = (typeof known)[number]

/** Kinds call their timeline by what it mostly shows. */
const tabOf = (name: string): Tab | undefined => known.find((tab) => tab === (name === 'events' ? 'timeline' : name))

function Present({ row, head, kind, environment, reference }: PresentProps) {
  const t = useTranslations('resources.detail')
  const pathname = usePathname()
  const params = useSearchParams()
  const openLogs = useDock((dock) => dock.openLogs)
  const tabs = kind.tabs.flatMap((name) => tabOf(name) ?? [])
  const current = tabs.find((tab) => tab === params.get('tab')) ?? 'overview'
  const showLogs = useCallback(
    () => openLogs({ environment: row.environment, kind: row.kind, key: row.key }, row.name),
    [openLogs, row.environment, row.kind, row.key, row.name],
  )
  usePageCommands(row, kind, showLogs)
  const onLogsTab = current === 'logs'
  useEffect(() => {
    if (onLogsTab) showLogs()
  }, [onLogsTab, showLogs])
  return (
    <>
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-80">
          <DetailTitle row={row} kind={kind} />
          <Sentence row={row} environment={environment} className="mt-1.5 pl-7 max-sm:pl-0" />
        </div>
        <DetailActions row={row} kind={kind} />
      </div>
      <div className="mt-3.5">
        <KeyFacts row={row} kind={kind} environment={environment} />
      </div>
      <Tabs
        label={row.name}
        className="mt-1"
        tabs={tabs.map((tab) => ({
          href: tab === 'overview' ? pathname : `${pathname}?tab=${tab}`,
          label: t(`tabs.${tab}`),
          current: tab === current,
        }))}
      />
      <div className="flex min-w-0 flex-1 flex-col pt-4">
        {current === 'overview' && <Overview row={row} head={head} kind={kind} environment={environment} />}
        {current === 'metrics' && <Metrics row={row} all environmentName={environment?.name ?? ''} />}
        {current === 'timeline' && <Timeline reference={reference} />}
        {(current === 'document' || current === 'yaml') && (
          <DocumentTab
            reference={reference}
            kept={head}
            environmentName={environment?.name ?? ''}
            as={current === 'yaml' ? 'yaml' : 'json'}
          />
        )}
        {current === 'logs' && (
          <p className="flex flex-wrap items-center gap-3 text-sm text-ink-2">
            {t('logsInDock')}
            <Button onClick={showLogs}>{t('openDock')}</Button>
          </p>
        )}
      </div>
    </>
  )
}

/** What can be done to it, in the palette and by one key. */
function usePageCommands(row: Row, kind: KindDescription, showLogs: () => void): void {
  const t = useTranslations('resources')
  const words = useWords()
  const whyOff = useWhyOff()
  const { actor, environmentById } = useConsole()
  const { start } = useRun()
  const hasLogs = kind.streams.includes('logs')
  const shell = useShell()(row, kind)
  const shellOff = shell?.disabledReason
  const commands = useMemo(
    () => [
      ...(hasLogs ? [{ id: 'logs', title: t('list.openLogs', { name: row.name }), keys: 'L', run: showLogs }] : []),
      ...(shell
        ? [{ id: 'shell', title: t('list.openShell', { name: row.name }), keys: 'S', disabledReason: shellOff, run: () => shell.open() }]
        : []),
      ...kind.actions.map((action): Command => ({
        id: action.name,
        title: t('act.title', { action: words.action(action.name), name: row.name }),
        icon: iconOfAction(action.name),
        disabledReason: whyOff(availabilityOf(action, row, { bindings: actor.bindings, environments: environmentById })),
        run: () => start(action, [kind], { rows: [row] }),
      })),
    ],
    // oxlint-disable-next-line react/exhaustive-deps -- `whyOff` and `shell` are made anew by every render and depend on the rest
    [row, kind, actor, environmentById, words, t, hasLogs, showLogs, shellOff, start],
  )
  useCommands('resource', commands)
  useShortcuts([
    ...(hasLogs ? [{ keys: 'l', label: t('list.keys.logs'), run: showLogs }] : []),
    ...(shell && !shellOff ? [{ keys: 's', label: t('list.keys.shell'), run: () => shell.open() }] : []),
  ])
}
