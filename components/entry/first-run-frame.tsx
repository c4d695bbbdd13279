import { Check } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { ButtonLink } from '#components/ui/button.tsx'
import { cn } from '#components/ui/cn.ts'
import { Mark } from '#components/ui/mark.tsx'
import { Rhumb } from '#components/ui/rhumb.tsx'

const steps = ['account', 'engines'] as const

/** The page after the first account: what was found on this machine, over the lines of the chart. `empty`: nothing is connected yet. */
export async function FirstRunFrame({ empty, children }: { empty: boolean; children: ReactNode }) {
  const t = await getTranslations('entry.welcome')
  const current = steps.indexOf('engines')
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-14 flex-none items-center gap-4 border-b border-line bg-canvas px-8 max-sm:px-4">
        <div className="flex flex-1 items-center gap-2.5">
          <Mark size={22} />
          <span className="text-base font-semibold tracking-[-0.01em] max-sm:sr-only">Portolan</span>
        </div>
        <ol aria-label={t('steps')} className="flex items-center gap-6 max-sm:gap-3">
          {steps.map((name, index) => (
            <Step key={name} number={index + 1} done={index < current} doneWord={t('stepDone')} current={index === current}>
              {t(name)}
            </Step>
          ))}
        </ol>
        <div className="flex flex-1 justify-end">
          <ButtonLink href="/" variant="quiet">
            {t(empty ? 'skip' : 'leave')}
          </ButtonLink>
        </div>
      </header>
      <main className="relative flex-1 overflow-hidden text-line-strong">
        <Rhumb chart={{ x: 1180, y: 800, radius: 300 }} width={1440} height={790} opacity={0.42} />
        <div className="relative mx-auto w-full max-w-[73.75rem] px-5 pt-9 pb-16 text-ink">{children}</div>
      </main>
    </div>
  )
}

interface StepProps {
  number: number
  done: boolean
  doneWord: string
  current: boolean
  children: ReactNode
}

const Step = ({ number, done, doneWord, current, children }: StepProps) => (
  <li
    aria-current={current ? 'step' : undefined}
    className={cn('flex items-center gap-2 text-sm text-ink-2', current && 'font-medium text-ink')}
  >
    <span
      className={cn(
        'inline-flex size-5 flex-none items-center justify-center rounded-full text-2xs font-semibold',
        current ? 'bg-ink text-on-ink' : 'border border-line-strong',
      )}
    >
      {done ? <Check aria-label={doneWord} className="size-3" strokeWidth={2} /> : number}
    </span>
    <span className={current ? undefined : 'max-sm:sr-only'}>{children}</span>
  </li>
)
