'use client'

import { Container, RotateCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { cn } from '#components/ui/cn.ts'
import { Input } from '#components/ui/field.tsx'
import { Flag } from '#components/ui/flag.tsx'
import { Popover } from '#components/ui/popover.tsx'
import { Select } from '#components/ui/select.tsx'
import { StateLabel } from '#components/ui/state-glyph.tsx'
import { AppError } from '#lib/errors/index.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import { stages } from '#lib/model/flag.ts'
import { FlagFields } from '../form/flag-fields.tsx'
import { useFigures, type NamedKind } from '../form/test-result.tsx'
import type { Choice, Found } from './found.ts'
import type { Progress } from './use-connecting.ts'

interface FoundRowProps {
  found: Found
  kinds: readonly NamedKind[]
  choice: Choice
  progress: Progress | undefined
  onChoose: (choice: Partial<Choice>) => void
  onTryAgain: () => void
}

/** One engine of this machine: what answered, what it shall be called, and how connecting it went. */
export function FoundRow({ found, kinds, choice, progress, onChoose, onTryAgain }: FoundRowProps) {
  const t = useTranslations('welcome')
  const settled = progress?.state === 'connected' || found.connectedAs !== null
  const offered = found.probe !== null && !settled
  return (
    <li
      className={cn(
        'flex gap-4 border-t border-line px-5 py-[13px] first:border-t-0 max-sm:gap-3 max-sm:px-4',
        !found.probe && 'bg-canvas',
      )}
    >
      <span className="pt-[3px]">
        {offered ? (
          <Checkbox
            checked={choice.ticked}
            disabled={progress?.state === 'connecting'}
            aria-label={t('checkbox', { name: `${found.title}, ${found.address}` })}
            onCheckedChange={(ticked) => onChoose({ ticked })}
          />
        ) : (
          <span aria-hidden className="inline-flex size-4 rounded-sm border border-dashed border-line-strong" />
        )}
      </span>
      <Container aria-hidden className="mt-0.5 size-[18px] flex-none text-ink-2 max-sm:hidden" strokeWidth={1.6} />
      <div className="flex min-w-0 flex-1 flex-wrap items-start gap-x-4 gap-y-2.5">
        <div className="min-w-0 flex-[1_1_18rem]">
          <p className="flex flex-wrap items-baseline gap-x-2.5">
            <span className={cn('text-base font-semibold', !found.probe && 'text-ink-2')}>
              {found.title} {found.probe?.version}
            </span>
            <code className="min-w-0 font-mono text-xs break-all text-ink-3">{found.address}</code>
          </p>
          <Status found={found} kinds={kinds} progress={progress} />
        </div>
        {offered && <Naming found={found} choice={choice} onChoose={onChoose} />}
        {!found.probe && (
          <Button icon={RotateCw} onClick={onTryAgain}>
            {t('tryAgain')}
          </Button>
        )}
      </div>
    </li>
  )
}

/** What is known of it now, or what came of connecting it. */
function Status({ found, kinds, progress }: Pick<FoundRowProps, 'found' | 'kinds' | 'progress'>) {
  const t = useTranslations('welcome')
  const say = useErrorSentence()
  const figures = useFigures(kinds)
  if (progress?.state === 'connecting') return <Line health="moving" word={t('connecting')} />
  if (progress?.state === 'connected')
    return (
      <Line health="completed" word={t('connected')}>
        <Link href={`/environments/${progress.environment.id}`} className="text-accent hover:underline">
          {progress.environment.name}
        </Link>
      </Line>
    )
  if (progress?.state === 'failed')
    return (
      <Line health="failing" word={t('notConnected')}>
        {say(progress.error)} <Words words={progress.error.reason?.words} />
      </Line>
    )
  if (found.connectedAs)
    return (
      <Line health="completed" word={t('connected')}>
        <Link href={`/environments/${found.connectedAs.id}`} className="text-accent hover:underline">
          {t('alreadyConnected', { name: found.connectedAs.name })}
        </Link>
      </Line>
    )
  if (found.probe)
    return (
      <Line health="healthy" word={t('answers')}>
        {figures(found.engine, found.probe.figures)}
      </Line>
    )
  const error = found.error && new AppError(found.error.code, found.error.message, { reason: found.error.reason })
  return (
    <Line health="stopped" word={t('notAnswering')}>
      {error && say(error)} <Words words={error?.reason?.words} />
    </Line>
  )
}

const Words = ({ words }: { words: string | undefined }) => (words ? <code className="font-mono text-xs">{words}</code> : null)

const Line = ({
  health,
  word,
  children,
}: {
  health: 'healthy' | 'stopped' | 'moving' | 'completed' | 'failing'
  word: string
  children?: ReactNode
}) => (
  <p role={health === 'failing' ? 'alert' : undefined} className="mt-0.5 flex flex-wrap items-baseline gap-x-2 text-sm">
    <StateLabel health={health}>{word}</StateLabel>
    <span className="min-w-0 text-ink-2">{children}</span>
  </p>
)

/** Its flag, its name and its stage. */
function Naming({ found, choice, onChoose }: Pick<FoundRowProps, 'found' | 'choice' | 'onChoose'>) {
  const t = useTranslations('welcome')
  const tStages = useTranslations('stages')
  const { address } = found
  return (
    <div className="flex items-center gap-2 max-sm:w-full">
      <Input
        size={28}
        aria-label={t('name', { address })}
        maxLength={60}
        autoComplete="off"
        spellCheck={false}
        value={choice.name}
        onChange={(event) => onChoose({ name: event.target.value })}
        className="w-44 pl-1 max-sm:h-11 max-sm:w-auto max-sm:flex-1"
        before={
          <Popover
            title={t('flag', { address })}
            align="end"
            trigger={
              <button
                type="button"
                aria-label={t('changeFlag', { code: choice.flag.code })}
                className="inline-flex h-full min-h-6 items-center rounded-sm px-1.5 hover:bg-hover"
              >
                <Flag flag={choice.flag} size={18} quiet />
              </button>
            }
          >
            <FlagFields value={choice.flag} onChange={(flag) => onChoose({ flag })} />
          </Popover>
        }
      />
      <Select
        size={28}
        aria-label={t('stage', { address })}
        options={stages.map((value) => ({ value, label: tStages(value) }))}
        value={choice.stage}
        onChange={(event) => onChoose({ stage: event.target.value as Choice['stage'] })}
        className="w-36 max-sm:h-11"
      />
    </div>
  )
}
