'use client'

import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { useWords } from '#components/resources/words.ts'
import { useConsole } from '#components/shell/console-context.tsx'
import { formatNumber } from '#components/ui/format.ts'
import { Notice } from '#components/ui/notice.tsx'
import { Progress } from '#components/ui/progress.tsx'
import { useUi } from '#components/ui/provider.tsx'
import { StateGlyph } from '#components/ui/state-glyph.tsx'
import type { AppError } from '#lib/errors/index.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import type { KindDescription } from '#lib/model/kind.ts'

/** What an engine answers about itself before it is connected. */
export interface ProbeAnswer {
  version: string
  engineId: string
  hostName: string
  figures: Record<string, number>
  latencyMs: number
  hostKey?: { fingerprint: string; type: string; pinned: boolean }
}

export type Trial =
  | { state: 'asking'; address: string }
  | { state: 'answered'; probe: ProbeAnswer; connectedAs: { id: string; name: string } | null }
  | { state: 'refused'; error: AppError }

/** What is needed of a kind to name it. */
export type NamedKind = Pick<KindDescription, 'name' | 'singular' | 'plural'>

/** `23 containers and 148 images`, in the words of the engine's kinds. */
export function useFigures(kinds: readonly NamedKind[]): (engine: string, figures: Record<string, number>) => string {
  const words = useWords()
  const { locale } = useUi()
  return (engine, figures) => {
    const parts = Object.entries(figures).flatMap(([name, count]) => {
      const kind = kinds.find((one) => one.name === `${engine}/${name}`)
      return kind ? [`${formatNumber(count, locale)} ${words.kind(kind, count)}`] : []
    })
    return new Intl.ListFormat(locale, { type: 'conjunction' }).format(parts)
  }
}

/** How a test went: the exact reason, or who answered. */
export function TrialResult({ engine, title, trial }: { engine: string; title: string; trial: Trial }) {
  const t = useTranslations('environments.form')
  const { kinds } = useConsole()
  const figures = useFigures(kinds)
  if (trial.state === 'asking')
    return (
      <p role="status" className="flex items-center gap-2.5 text-sm text-ink-2">
        <Progress label={t('testing', { address: trial.address })} value={null} />
        {t('testing', { address: trial.address })}
      </p>
    )
  if (trial.state === 'refused') return <Refusal error={trial.error} />
  const { version, latencyMs, figures: held } = trial.probe
  return (
    <div role="status" className="flex flex-col gap-1 text-sm">
      <p className="flex items-center gap-2">
        <StateGlyph health="healthy" />
        <span className="font-medium">{t('answered', { engine: title, version, latency: Math.round(latencyMs) })}</span>
      </p>
      {Object.keys(held).length > 0 && <p className="pl-5 text-ink-2">{t('answeredFigures', { figures: figures(engine, held) })}</p>}
      {trial.probe.hostKey && <HostKey {...trial.probe.hostKey} />}
      {trial.connectedAs && <ConnectedAlready {...trial.connectedAs} />}
    </div>
  )
}

/** The key of the machine on the way: to be compared by a person, or known already. */
function HostKey({ fingerprint, type, pinned }: NonNullable<ProbeAnswer['hostKey']>) {
  const t = useTranslations('environments.form')
  return (
    <div className="flex flex-col gap-1 pl-5 text-ink-2">
      <p>{t(pinned ? 'hostKeyKnown' : 'hostKeyShown')}</p>
      <code className="font-mono text-xs break-all text-ink">{fingerprint}</code>
      {!pinned && <p>{t('hostKeyCompare', { file: `/etc/ssh/ssh_host_${fileOf(type)}_key.pub` })}</p>}
    </div>
  )
}

/** As OpenSSH names the file of a key of this type. */
const fileOf = (type: string): string => (type.startsWith('ecdsa') ? 'ecdsa' : type.includes('rsa') ? 'rsa' : 'ed25519')

function ConnectedAlready({ id, name }: { id: string; name: string }) {
  const t = useTranslations('environments.form')
  return (
    <p className="flex items-center gap-2 text-warn">
      <StateGlyph health="degraded" />
      <Link href={`/environments/${id}`} className="hover:underline">
        {t('connectedAs', { name })}
      </Link>
    </p>
  )
}

/** Why it did not work: our sentence with the way out, then the engine's own words. */
export function Refusal({ error }: { error: AppError }) {
  const t = useTranslations('environments.form')
  const say = useErrorSentence()
  return (
    <Notice tone="failed" live title={`${t('refused')}.`}>
      {say(error)}
      {error.reason?.words && <code className="mt-1 block font-mono text-xs break-words">{error.reason.words}</code>}
    </Notice>
  )
}
