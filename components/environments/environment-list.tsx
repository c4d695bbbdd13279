'use client'

import { Compass, MoreHorizontal, Pause, Pencil, Play, Plug, ShieldCheck, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useWords } from '#components/resources/words.ts'
import { useConsole } from '#components/shell/console-context.tsx'
import { Ago } from '#components/ui/ago.tsx'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Flag } from '#components/ui/flag.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { Menu, MenuItem, MenuLink, MenuSeparator } from '#components/ui/menu.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { StateGlyph } from '#components/ui/state-glyph.tsx'
import { healths } from '#lib/model/health.ts'
import type { Environment } from '#lib/model/environment.ts'
import { useEnvironmentActions, type AskedOf } from './pause-and-remove.tsx'
import { verdictOnConnecting } from './rights.ts'
import { EnvironmentError, EnvironmentStateLabel } from './state.tsx'

/** Every environment: how it is, since when, last contact, version, and why one does not answer. */
export function EnvironmentList() {
  const t = useTranslations('environments')
  const words = useWords()
  const router = useRouter()
  const { environments, actor } = useConsole()
  const { ask, dialog } = useEnvironmentActions()
  const verdict = verdictOnConnecting(actor.bindings)
  const off = verdict.allowed ? undefined : words.reason(verdict.reason)
  const silent = environments.filter(({ state }) => state === 'stale').length
  return (
    <div className="flex flex-col gap-4 px-6 pt-4 pb-6 max-sm:px-0">
      <div className="flex flex-wrap items-end gap-3 max-sm:px-4">
        <div className="max-sm:basis-full">
          <h1 className="text-xl font-semibold tracking-[-0.015em]">{t('title')}</h1>
          <p className="mt-0.5 text-sm text-ink-2">
            {t('lead', { count: environments.length })} {silent > 0 && t('leadSilent', { count: silent })}
          </p>
        </div>
        <span className="flex-1 max-sm:hidden" />
        <Button icon={Compass} disabledReason={off} onClick={() => router.push('/welcome')}>
          {t('find')}
        </Button>
        <Button variant="primary" icon={Plug} disabledReason={off} onClick={() => router.push('/environments/new')}>
          {t('add')}
        </Button>
      </div>
      {environments.length === 0 ? <None allowed={verdict.allowed} /> : <Table environments={environments} off={off} ask={ask} />}
      {dialog}
    </div>
  )
}

function None({ allowed }: { allowed: boolean }) {
  const t = useTranslations('environments')
  const tHome = useTranslations('home')
  return (
    <Panel>
      <EmptyState
        title={t('emptyTitle')}
        actions={
          allowed && (
            <ButtonLink icon={Compass} href="/welcome">
              {t('find')}
            </ButtonLink>
          )
        }
      >
        {allowed ? t('emptyText') : tHome('firstAsk')}
      </EmptyState>
    </Panel>
  )
}

interface TableProps {
  environments: readonly Environment[]
  /** Why nothing may be changed here. */
  off: string | undefined
  ask: (asked: AskedOf) => void
}

function Table(props: TableProps) {
  const t = useTranslations('environments.columns')
  const head = 'h-8 px-3.5 text-left text-xs font-medium whitespace-nowrap text-ink-3'
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface max-sm:rounded-none max-sm:border-x-0">
      <table className="w-full border-collapse text-sm max-sm:block">
        <thead className="border-b border-line max-sm:sr-only">
          <tr>
            <th className={head}>{t('name')}</th>
            <th className={head}>{t('state')}</th>
            <th className={head}>{t('engine')}</th>
            <th className={head}>{t('contact')}</th>
            <th className={head}>{t('holds')}</th>
            <th className="w-12" />
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {props.environments.map((environment) => (
            <EnvironmentRow key={environment.id} environment={environment} off={props.off} ask={props.ask} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

const cell = 'px-3.5 py-2 align-top max-sm:block max-sm:border-0 max-sm:px-0 max-sm:py-0.5'

function EnvironmentRow({ environment, off, ask }: { environment: Environment; off: string | undefined; ask: TableProps['ask'] }) {
  const t = useTranslations('environments')
  const tStages = useTranslations('stages')
  const { id, name, flag, stage, address, engine, engineVersion, lastContactAt } = environment
  return (
    <tr className="border-t border-line first:border-t-0 hover:bg-hover max-sm:relative max-sm:block max-sm:px-4 max-sm:py-3">
      <td className={cell}>
        <div className="flex items-center gap-2.5">
          <Flag flag={flag} size={20} quiet />
          <Link href={`/environments/${id}`} className="truncate font-medium hover:underline max-sm:text-base">
            {name}
          </Link>
          <span className="text-xs text-ink-3">{tStages(stage)}</span>
          {environment.protected && (
            <span className="inline-flex items-center gap-1 text-xs text-ink-3" title={t('protectedText')}>
              <ShieldCheck aria-hidden className="size-3.5" strokeWidth={1.6} />
              {t('protected')}
            </span>
          )}
        </div>
        <p className="mt-0.5 truncate pl-[1.875rem] font-mono text-xs text-ink-3">{address}</p>
      </td>
      <td className={`${cell} max-w-80`}>
        <EnvironmentStateLabel environment={environment} since />
        <EnvironmentError environment={environment} className="mt-0.5 block text-xs text-ink-2" />
      </td>
      <td className={`${cell} whitespace-nowrap text-ink-2`}>
        <span className="inline-block first-letter:uppercase">{engine}</span> {engineVersion}
      </td>
      <td className={`${cell} whitespace-nowrap text-ink-2 tabular-nums max-sm:text-xs`}>
        <span className="text-ink-3 sm:hidden">{t('lastContact')} </span>
        {lastContactAt ? <Ago at={lastContactAt} /> : t('neverContacted')}
      </td>
      <td className={cell}>
        <Holds environment={environment} />
      </td>
      <td className={`${cell} text-right max-sm:absolute max-sm:top-2 max-sm:right-3`}>
        <EnvironmentMenu environment={environment} off={off} ask={ask} />
      </td>
    </tr>
  )
}

/** How many of its things have which health. */
function Holds({ environment: { counts } }: { environment: Environment }) {
  const t = useTranslations('environments')
  const tCounts = useTranslations('healthCounts')
  const parts = healths.filter((health) => (counts[health] ?? 0) > 0)
  if (parts.length === 0) return <span className="text-xs text-ink-3">{t('nothingYet')}</span>
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-0.5 text-xs text-ink-2 tabular-nums">
      {parts.map((health) => (
        <li key={health} className="inline-flex items-center gap-1.5 whitespace-nowrap">
          <StateGlyph health={health} size={10} />
          {tCounts(health, { count: counts[health] ?? 0 })}
        </li>
      ))}
    </ul>
  )
}

/** What can be done with an environment; what may not be done says why. */
export function EnvironmentMenu({ environment, off, ask }: { environment: Environment; off: string | undefined; ask: TableProps['ask'] }) {
  const t = useTranslations('environments')
  const { id, name, state } = environment
  const paused = state === 'paused'
  return (
    <Menu align="end" trigger={<IconButton icon={MoreHorizontal} label={t('actionsOf', { name })} className="max-sm:size-11" />}>
      {off ? (
        <MenuItem icon={Pencil} disabledReason={off}>
          {t('edit')}
        </MenuItem>
      ) : (
        <MenuLink icon={Pencil} href={`/environments/${id}/settings`}>
          {t('edit')}
        </MenuLink>
      )}
      <MenuItem icon={paused ? Play : Pause} disabledReason={off} onSelect={() => ask({ what: paused ? 'resume' : 'pause', environment })}>
        {paused ? t('resume') : t('pause')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={Trash2} danger disabledReason={off} onSelect={() => ask({ what: 'remove', environment })}>
        {t('remove')}
      </MenuItem>
    </Menu>
  )
}
