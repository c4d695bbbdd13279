'use client'

import { ArrowRight, ScrollText } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { Moment } from '#components/changes/moment.tsx'
import { RemedyButton } from '#components/resources/actions/remedy-button.tsx'
import { hrefOf } from '#components/resources/href.ts'
import { useWords } from '#components/resources/words.ts'
import { useConsole } from '#components/shell/console-context.tsx'
import { useDock } from '#components/shell/dock-store.ts'
import { Ago } from '#components/ui/ago.tsx'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { Flag } from '#components/ui/flag.tsx'
import { StateGlyph } from '#components/ui/state-glyph.tsx'
import type { Environment } from '#lib/model/environment.ts'
import type { Row } from '#lib/model/resource.ts'

/** What is broken: name, where, cause, since when, and what to do first. */
export function ProblemCard({ row, environment }: { row: Row; environment: Environment | undefined }) {
  const t = useTranslations('home')
  const words = useWords()
  const { kindByName } = useConsole()
  const openLogs = useDock((dock) => dock.openLogs)
  const kind = kindByName.get(row.kind)
  return (
    <li className="relative grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-3 border-t border-line px-4 py-[11px] first:border-t-0 before:absolute before:inset-y-0 before:left-0 before:w-[3px] before:bg-fail-solid max-sm:gap-x-2 max-sm:py-3.5">
      <StateGlyph health="failing" size={13} label={words.health('failing')} className="mt-1" />
      <p className="flex min-w-0 flex-wrap items-center gap-x-2.5">
        <Link
          href={hrefOf(row)}
          className="min-w-0 truncate text-base font-semibold tracking-[-0.005em] hover:underline max-sm:text-lg max-sm:leading-5"
        >
          {row.name}
        </Link>
        {kind && environment && (
          <span className="flex items-center gap-1.5 text-xs text-ink-3 max-sm:basis-full">
            <span className="inline-block first-letter:uppercase">{t('in', { kind: words.kind(kind, 1) })}</span>
            <Flag flag={environment.flag} size={14} quiet />
            <span className="text-ink-2">{environment.name}</span>
          </span>
        )}
      </p>
      <p className="text-right text-xs whitespace-nowrap text-ink-3 tabular-nums">
        {row.since && (
          <>
            <span className="max-sm:sr-only">
              {t('since')} <Moment at={row.since} />
              {', '}
            </span>
            <Ago at={row.since} className="font-semibold text-fail max-sm:text-sm" />
          </>
        )}
      </p>
      <p className="col-start-2 mt-0.5 text-sm break-words text-ink max-sm:col-end-4 max-sm:mt-1.5 max-sm:text-base">
        {words.reason(row.reason ?? row.state)}
      </p>
      <div className="col-start-3 flex items-end justify-end gap-1.5 pt-1 max-sm:col-start-2 max-sm:col-end-4 max-sm:mt-2.5 max-sm:pt-0">
        {kind?.streams.includes('logs') && (
          <Button
            size={24}
            icon={ScrollText}
            aria-label={t('logsOf', { name: row.name })}
            className="max-sm:h-11 max-sm:flex-1 max-sm:text-sm"
            onClick={() => openLogs({ environment: row.environment, kind: row.kind, key: row.key }, row.name)}
          >
            {t('logs')}
          </Button>
        )}
        {kind && <RemedyButton row={row} kind={kind} className="max-sm:h-11 max-sm:flex-1 max-sm:text-sm" />}
        <ButtonLink
          size={24}
          href={hrefOf(row)}
          aria-label={t('openThing', { name: row.name })}
          className="max-sm:h-11 max-sm:flex-1 max-sm:text-sm"
        >
          {t('open')}
        </ButtonLink>
      </div>
    </li>
  )
}

const line =
  'flex h-row items-center gap-3 border-t border-line px-4 text-sm first:border-t-0 max-sm:grid max-sm:h-auto max-sm:grid-cols-[auto_minmax(0,1fr)_auto] max-sm:gap-x-2 max-sm:py-2.5'

/** Works, but needs attention. */
export function DegradedRow({ row, environment }: { row: Row; environment: Environment | undefined }) {
  const words = useWords()
  return (
    <li className={line}>
      <StateGlyph health="degraded" size={13} label={words.health('degraded')} />
      <Link href={hrefOf(row)} className="w-32 flex-none truncate font-medium hover:underline max-sm:w-auto max-sm:text-base">
        {row.name}
      </Link>
      <span className="min-w-0 flex-1 truncate text-ink-2 max-sm:order-last max-sm:col-span-2 max-sm:col-start-2 max-sm:whitespace-normal">
        {words.reason(row.reason ?? row.state)}
      </span>
      <span className="flex w-28 flex-none items-center gap-1.5 text-xs text-ink-3 max-sm:hidden">
        {environment && <Flag flag={environment.flag} size={14} quiet />}
        <span className="truncate">{environment?.name}</span>
      </span>
      <span className="w-13 flex-none text-right text-xs whitespace-nowrap text-ink-2 tabular-nums">
        {row.since && <Ago at={row.since} />}
      </span>
    </li>
  )
}

/** An environment that does not answer: what stands there is old. */
export function SilentRow({ environment }: { environment: Environment }) {
  const t = useTranslations('home')
  const words = useWords()
  const { id, name, flag, lastContactAt, stateSince, error } = environment
  return (
    <li className={line}>
      <StateGlyph health="unknown" size={13} label={words.health('unknown')} />
      <Link href={`/environments/${id}`} className="w-32 flex-none truncate font-medium hover:underline max-sm:w-auto max-sm:text-base">
        <span className="flex items-center gap-1.5">
          <Flag flag={flag} size={14} quiet />
          <span className="truncate">{name}</span>
        </span>
      </Link>
      <span className="min-w-0 flex-1 truncate text-ink-2 max-sm:order-last max-sm:col-span-2 max-sm:col-start-2 max-sm:whitespace-normal">
        {lastContactAt ? t('silentRow', { time: `${lastContactAt.slice(11, 16)} UTC` }) : t('silentNever')} {error && words.reason(error)}
      </span>
      <span className="w-13 flex-none text-right text-xs whitespace-nowrap text-ink-2 tabular-nums">
        <Ago at={lastContactAt ?? stateSince} />
      </span>
    </li>
  )
}

/** Where the rest of them stands. */
export const AllProblemsLink = ({ label }: { label: string }) => (
  <ButtonLink variant="quiet" size={24} href="/inventory/instance?f=health:in:failing,degraded">
    {label}
    <ArrowRight aria-hidden className="size-3.5" strokeWidth={1.6} />
  </ButtonLink>
)
