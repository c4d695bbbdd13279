'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { useErrorSentence, useReason } from '#lib/i18n/use-reason.ts'
import type { TerminalState, TerminalView } from './terminal-view.ts'

interface TerminalNoticesProps {
  view: TerminalView
  state: TerminalState
  /** False of somebody else's that was watched. */
  canReopen: boolean
  onReopen(atOnce: boolean): void
}

/** What has to be said about a terminal: that it ended and why, that it is away or back, what a paste would do. */
export function TerminalNotices({ view, state, canReopen, onReopen }: TerminalNoticesProps) {
  const t = useTranslations('dock.terminal')
  const say = useReason()
  const sayError = useErrorSentence()
  const { ended, channel, error, paste, isBack } = state
  const again = canReopen && (
    <Button size={24} onClick={() => onReopen(true)}>
      {t('again')}
    </Button>
  )
  if (ended)
    return (
      <Notice bar live tone="info" title={t('ended')} actions={again}>
        {say(ended.reason)} {ended.cause && say(ended.cause)}
      </Notice>
    )
  if (channel === 'ended') return <Notice bar live tone="stale" title={error ? sayError(error) : t('ended')} actions={again} />
  if (channel === 'reconnecting')
    return (
      <Notice bar live tone="stale" title={t('reconnecting')}>
        {error && sayError(error)}
      </Notice>
    )
  if (paste === 'too-long')
    return (
      <Notice
        bar
        live
        tone="stale"
        title={t('pasteTooLong')}
        actions={
          <Button size={24} onClick={() => view.settlePaste(false)}>
            {t('pasteDrop')}
          </Button>
        }
      />
    )
  if (paste)
    return (
      <Notice
        bar
        live
        tone="stale"
        title={t('pasteRuns', { count: paste.lines })}
        actions={
          <>
            <Button size={24} onClick={() => view.settlePaste(true)}>
              {t('paste')}
            </Button>
            <Button size={24} onClick={() => view.settlePaste(false)}>
              {t('pasteDrop')}
            </Button>
          </>
        }
      />
    )
  return isBack ? <Notice bar live tone="info" title={t('back')} /> : null
}
