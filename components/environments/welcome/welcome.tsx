'use client'

import { Eye, Flag as FlagIcon, Globe, Lock, RotateCw, Undo2, type LucideIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { cn } from '#components/ui/cn.ts'
import { Flag } from '#components/ui/flag.tsx'
import { Progress } from '#components/ui/progress.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { Failure } from '#components/states/failure.tsx'
import type { NamedKind } from '../form/test-result.tsx'
import { FoundRow } from './found-row.tsx'
import { obstacleOf, type Found } from './found.ts'
import { useConnecting } from './use-connecting.ts'
import { useDiscovery } from './use-discovery.ts'

/** What of this machine can be connected; nothing happens until somebody presses the button. */
export function Welcome({ kinds }: { kinds: readonly NamedKind[] }) {
  const t = useTranslations('welcome')
  const { found, looking, error, look } = useDiscovery()
  const { choiceOf, choose, progress, chosen, connectChosen, pending, fresh, settled } = useConnecting(found)
  return (
    <div className="flex gap-8 max-lg:flex-col">
      <div className="min-w-0 flex-1">
        <Heading found={found} settled={settled} />
        <div
          className={cn('mt-6 overflow-hidden rounded-lg border border-line bg-surface', found?.length === 0 && 'hidden')}
          aria-busy={looking}
        >
          {error ? (
            <div className="p-4">
              <Failure error={error} onRetry={look} />
            </div>
          ) : found === null ? (
            <Looking />
          ) : (
            <ul>
              {found.map((one) => (
                <FoundRow
                  key={one.key}
                  found={one}
                  kinds={kinds}
                  choice={choiceOf(one)}
                  progress={progress[one.key]}
                  onChoose={(choice) => choose(one, choice)}
                  onTryAgain={look}
                />
              ))}
            </ul>
          )}
        </div>
        <div className="mt-4 flex flex-wrap items-center gap-2 text-sm text-ink-2">
          <Button icon={RotateCw} pending={looking && found !== null} onClick={look}>
            {t('lookAgain')}
          </Button>
          <span className="flex items-center gap-2 sm:pl-2">
            {t('elsewhere')}
            <ButtonLink icon={Globe} href="/environments/new">
              {t('byAddress')}
            </ButtonLink>
          </span>
        </div>
      </div>
      <Aside>
        <ConnectButton
          count={chosen.length}
          obstacle={obstacleOf(chosen.map(choiceOf))}
          pending={pending}
          settled={settled}
          fresh={fresh}
          nothing={found?.length === 0}
          onConnect={connectChosen}
        />
        {chosen.length > 0 && (
          <p className="mt-4 flex items-center gap-4 px-1 text-xs text-ink-3">
            {t('flagsInUse')}
            <span className="flex gap-2">
              {chosen.map((one) => (
                <Flag key={one.key} flag={choiceOf(one).flag} size={18} />
              ))}
            </span>
          </p>
        )}
      </Aside>
    </div>
  )
}

function Heading({ found, settled }: { found: Found[] | null; settled: boolean }) {
  const t = useTranslations('welcome')
  const answering = found?.filter(({ probe }) => probe).length ?? 0
  return (
    <div aria-live="polite">
      <h1 className="text-2xl font-semibold tracking-[-0.02em]">{found === null ? t('looking') : t('found', { count: answering })}</h1>
      <p className="mt-1.5 text-base text-ink-2">
        {found === null ? t('lookingText') : t(found.length === 0 ? 'noneLead' : settled ? 'settledLead' : 'lead')}
      </p>
    </div>
  )
}

function Looking() {
  const t = useTranslations('welcome')
  return (
    <>
      <p className="flex items-center gap-2.5 border-b border-line px-5 py-2.5 text-xs text-ink-3">
        <Progress label={t('looking')} value={null} />
        {t('looking')}
      </p>
      <SkeletonRows count={3} />
    </>
  )
}

const promises: { icon: LucideIcon; key: 'watches' | 'encrypted' | 'flags' | 'undo' }[] = [
  { icon: Eye, key: 'watches' },
  { icon: Lock, key: 'encrypted' },
  { icon: FlagIcon, key: 'flags' },
  { icon: Undo2, key: 'undo' },
]

const Aside = ({ children: [button, flags] }: { children: [ReactNode, ReactNode] }) => {
  const t = useTranslations('welcome')
  return (
    <aside className="w-[288px] flex-none pt-[82px] max-lg:w-full max-lg:pt-0">
      <div className="rounded-lg border border-line bg-surface p-4">
        <h2 className="text-sm font-semibold">{t('whatHappens')}</h2>
        <ul className="mt-2.5 flex flex-col gap-2.5 text-sm text-ink-2">
          {promises.map(({ icon: Icon, key }) => (
            <li key={key} className="flex gap-2.5">
              <Icon aria-hidden className="mt-0.5 size-4 flex-none text-ink-3" strokeWidth={1.6} />
              <span>{t(key)}</span>
            </li>
          ))}
        </ul>
        <div className="mt-4 border-t border-line pt-3.5">{button}</div>
      </div>
      {flags}
    </aside>
  )
}

interface ConnectButtonProps {
  count: number
  obstacle: 'nothingTicked' | 'nameMissing' | 'nameTwice' | null
  pending: boolean
  /** All that answers is connected. */
  settled: boolean
  /** Some of it was connected just now. */
  fresh: boolean
  /** Nothing was found. */
  nothing: boolean
  onConnect: () => void
}

/** One primary button: connect what is ticked, or go on when there is nothing left to connect. */
function ConnectButton({ count, obstacle, pending, settled, fresh, nothing, onConnect }: ConnectButtonProps) {
  const t = useTranslations('welcome')
  if (nothing)
    return (
      <ButtonLink variant="primary" size={36} icon={Globe} href="/environments/new" className="w-full">
        {t('byAddress')}
      </ButtonLink>
    )
  if (settled || (fresh && count === 0 && !pending))
    return (
      <>
        <ButtonLink variant="primary" size={36} href="/" className="w-full">
          {t('openHome')}
        </ButtonLink>
        {fresh && <p className="mt-2 text-center text-xs text-ink-3">{t('connectedNote')}</p>}
      </>
    )
  return (
    <>
      <Button
        variant="primary"
        size={36}
        className="w-full"
        pending={pending}
        disabledReason={obstacle ? t(obstacle) : undefined}
        onClick={onConnect}
      >
        {t('connect', { count })}
      </Button>
      {obstacle && <p className="mt-2 text-center text-xs text-ink-2">{t(obstacle)}</p>}
    </>
  )
}
