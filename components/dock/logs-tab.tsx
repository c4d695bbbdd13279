'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { usePreferences } from '#components/shell/preferences.ts'
import type { LogsTab as Tab } from '#components/shell/dock-store.ts'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import { placeOf, type LogFilter } from './log-buffer.ts'
import { LogLines, type LogLinesHandle } from './log-lines.tsx'
import { viewOf } from './log-store.ts'
import { LogToolbar } from './log-toolbar.tsx'
import { useLog } from './use-log.ts'

/** The log of one resource in the dock. Its lines, place and filters stay while it is not in front. */
export function LogsTab({ tab }: { tab: Tab }) {
  const t = useTranslations('dock')
  const say = useErrorSentence()
  const [view] = useState(() => viewOf(tab.id, matchMedia('(max-width: 599px)').matches))
  const { buffer } = view
  const log = useLog(tab.reference, view)
  const [following, setFollowing] = useState(view.following)
  const [timestamps, setTimestamps] = useState(view.timestamps)
  const [wrap, setWrap] = useState(view.wrap)
  const [match, setMatch] = useState<number>()
  // How many there were when following paused.
  const [seen, setSeen] = useState(0)
  const lines = useRef<LogLinesHandle>(null)
  const search = useRef<HTMLInputElement>(null)
  useEffect(() => {
    Object.assign(view, { following, timestamps, wrap })
  }, [view, following, timestamps, wrap])

  // A log that is followed goes on over stops and starts; it ends by itself only with what it is of.
  const gone = log.state === 'ended' && (log.error === null || log.error.code === 'not_found')
  const ever = buffer.linesCut + buffer.lines
  const follow = (on: boolean) => {
    setFollowing(on)
    setSeen(ever)
  }
  const filterBy = (part: Partial<LogFilter>) => {
    buffer.filter = { ...buffer.filter, ...part }
    setMatch(undefined)
  }
  const goToMatch = (by: 1 | -1) => {
    const { matches } = buffer
    if (!matches.length) return
    // Without one to go on from, backwards begins at the newest.
    const from = match === undefined ? (by === 1 ? -1 : matches.length) : placeOf(matches, match)
    const number = matches[(from + by + matches.length) % matches.length]!
    follow(false)
    setMatch(number)
    lines.current?.reveal(number)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== '/' || !usePreferences.getState().singleKeys) return
    if ((event.target as HTMLElement).closest('input, select')) return
    event.preventDefault()
    search.current?.focus()
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col" onKeyDown={onKeyDown}>
      <LogToolbar
        reference={tab.reference}
        filter={buffer.filter}
        matches={buffer.matches.length}
        match={match === undefined ? 0 : placeOf(buffer.matches, match) + 1}
        begin={view.begin}
        timestamps={timestamps}
        wrap={wrap}
        following={following}
        unseen={following ? 0 : ever - seen}
        lines={buffer.lines}
        state={log.state}
        searchRef={search}
        onFilter={filterBy}
        onMatch={goToMatch}
        onBegin={(begin) => {
          setFollowing(true)
          log.restart(begin)
        }}
        onTimestamps={setTimestamps}
        onWrap={setWrap}
        onFollowing={follow}
        onClear={() => buffer.empty()}
      />
      {(log.error || gone) && (
        <Notice
          bar
          live
          tone={gone ? 'info' : 'stale'}
          title={gone || !log.error ? t('gone') : t('failed', { reason: say(log.error) })}
          actions={
            log.state === 'ended' &&
            !gone && (
              <Button size={24} onClick={() => log.restart(view.begin)}>
                {t('retry')}
              </Button>
            )
          }
        />
      )}
      {buffer.shown.length === 0 && log.state !== 'connecting' ? (
        <p className="min-h-0 flex-1 bg-sunken px-4 py-3 text-sm text-ink-3">{buffer.size > 0 ? t('nothingShown') : t('waiting')}</p>
      ) : (
        <LogLines
          ref={lines}
          view={view}
          version={log.version}
          label={t('logsOf', { name: tab.title })}
          timestamps={timestamps}
          wrap={wrap}
          following={following}
          search={buffer.filter.search}
          match={match}
          onFollowing={follow}
        />
      )}
    </div>
  )
}
