'use client'

import { ArrowDown, ArrowDownToLine, ArrowUp, Download, Eraser, Search, SlidersHorizontal } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { KeyboardEvent, RefObject } from 'react'
import { apiOf } from '#components/resources/href.ts'
import { useConsole } from '#components/shell/console-context.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import { Button } from '#components/ui/button.tsx'
import { cn } from '#components/ui/cn.ts'
import { Input } from '#components/ui/field.tsx'
import { formatNumber } from '#components/ui/format.ts'
import { Freshness } from '#components/ui/freshness.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { Menu, MenuCheck, MenuItem, MenuSeparator } from '#components/ui/menu.tsx'
import { useUi } from '#components/ui/provider.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import { Select } from '#components/ui/select.tsx'
import { liveClient, type ChannelState } from '#lib/client/index.ts'
import type { Reference } from '#lib/model/resource.ts'
import type { LogFilter } from './log-buffer.ts'
import { beginningOf, begins, type Begin } from './log-store.ts'

export interface LogToolbarProps {
  reference: Reference
  filter: LogFilter
  matches: number
  /** From 1; 0 while none is looked at. */
  match: number
  begin: Begin
  timestamps: boolean
  wrap: boolean
  following: boolean
  /** Lines that came since following was paused. */
  unseen: number
  lines: number
  state: ChannelState
  searchRef: RefObject<HTMLInputElement | null>
  onFilter(part: Partial<LogFilter>): void
  onMatch(by: 1 | -1): void
  onBegin(begin: Begin): void
  onTimestamps(on: boolean): void
  onWrap(on: boolean): void
  onFollowing(on: boolean): void
  onClear(): void
}

export function LogToolbar(props: LogToolbarProps) {
  const { filter, begin, timestamps, wrap, following, unseen, lines, state } = props
  const t = useTranslations('dock')
  const { locale } = useUi()
  const { kindByName } = useConsole()
  const streams = filter.stdout && filter.stderr ? 'both' : filter.stdout ? 'stdout' : 'stderr'
  return (
    <div className="flex flex-none flex-wrap items-center gap-2 border-b border-line px-4 py-1.5 max-sm:px-3">
      <LogSearch {...props} />
      {kindByName.get(props.reference.kind)?.streams.includes('stderr') && (
        <Segmented
          label={t('streams')}
          value={streams}
          className="max-sm:hidden"
          onChange={(value) => props.onFilter({ stdout: value !== 'stderr', stderr: value !== 'stdout' })}
          options={(['both', 'stdout', 'stderr'] as const).map((value) => ({ value, label: t(value) }))}
        />
      )}
      <Select
        size={28}
        aria-label={t('begin')}
        value={begin}
        className="max-sm:h-11 max-sm:flex-[1_1_10rem]"
        onChange={(event) => props.onBegin(event.target.value as Begin)}
        options={begins.map((value) => ({ value, label: t(`begins.${value.replace(':', '-')}`) }))}
      />
      <span className="flex-1 max-sm:hidden" />
      <span className="text-xs whitespace-nowrap text-ink-3 tabular-nums max-sm:hidden">
        {t('lines', { count: lines, shown: formatNumber(lines, locale) })}
      </span>
      <Freshness
        state={state === 'live' ? 'live' : state === 'connecting' ? 'polled' : state === 'ended' ? 'polled' : 'silent'}
        className="max-sm:-order-1"
      >
        {t(`state.${state}`)}
      </Freshness>
      <Menu align="end" trigger={<IconButton icon={SlidersHorizontal} label={t('more')} className="max-sm:size-11" />}>
        <MenuCheck checked={timestamps} onChange={props.onTimestamps}>
          {t('timestamps')}
        </MenuCheck>
        <MenuCheck checked={wrap} onChange={props.onWrap}>
          {t('wrap')}
        </MenuCheck>
        <MenuSeparator />
        <MenuItem icon={Eraser} onSelect={props.onClear}>
          {t('clear')}
        </MenuItem>
      </Menu>
      <a
        href={downloadOf(props)}
        // What is chosen as "the last hour" counts from the moment of the click.
        onClick={(event) => (event.currentTarget.href = downloadOf(props))}
        download
        aria-label={t('download')}
        title={t('download')}
        className={cn(buttonStyle({ variant: 'quiet' }), 'size-7 p-0 text-ink-3 max-sm:-order-1 max-sm:size-11')}
      >
        <Download aria-hidden className="size-4" strokeWidth={1.6} />
      </a>
      <Button
        icon={ArrowDownToLine}
        aria-pressed={following}
        className={cn('max-sm:h-11', following && 'border-accent-line bg-accent-wash')}
        onClick={() => props.onFollowing(!following)}
      >
        {following ? t('following') : unseen > 0 ? t('followNew', { count: formatNumber(unseen, locale) }) : t('follow')}
      </Button>
    </div>
  )
}

function downloadOf({ reference, begin, filter, timestamps }: LogToolbarProps): string {
  const { since, tail } = beginningOf(begin, liveClient().serverNow())
  const asked = { timestamps, stdout: filter.stdout, stderr: filter.stderr, since, tail }
  const query = Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  return `${apiOf(reference)}/logs?${new URLSearchParams(query)}`
}

function LogSearch({ filter, matches, match, searchRef, onFilter, onMatch }: LogToolbarProps) {
  const t = useTranslations('dock')
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') onMatch(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape' && filter.search) onFilter({ search: '' })
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <span className="flex min-w-0 items-center gap-1 max-sm:-order-2 max-sm:flex-[1_1_10rem]">
      <Input
        ref={searchRef}
        size={28}
        type="search"
        value={filter.search}
        onChange={(event) => onFilter({ search: event.target.value })}
        onKeyDown={onKeyDown}
        placeholder={t('search')}
        aria-label={t('search')}
        className="w-60 max-sm:h-11 max-sm:w-full [&_input::-webkit-search-cancel-button]:hidden"
        before={<Search aria-hidden className="size-3.5 flex-none text-ink-3" strokeWidth={1.6} />}
        after={
          filter.search && (
            <span role="status" className="text-xs whitespace-nowrap text-ink-3 tabular-nums">
              {t('searchCount', { count: matches, current: match })}
            </span>
          )
        }
      />
      {filter.search && (
        <>
          <IconButton size={24} icon={ArrowUp} label={t('previous')} className="max-sm:size-11" onClick={() => onMatch(-1)} />
          <IconButton size={24} icon={ArrowDown} label={t('next')} className="max-sm:size-11" onClick={() => onMatch(1)} />
        </>
      )}
    </span>
  )
}
