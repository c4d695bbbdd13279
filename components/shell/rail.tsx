'use client'

import { PanelLeftClose, PanelLeftOpen, Search, type LucideIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useState, type ReactNode } from 'react'
import { cn } from '#components/ui/cn.ts'
import { IconButton } from '#components/ui/icon-button.tsx'
import { Kbd } from '#components/ui/kbd.tsx'
import { Mark } from '#components/ui/mark.tsx'
import { globalPlaces } from './global-places.ts'
import { ModifierKey } from './modifier-key.tsx'
import { placeOf } from './place.ts'
import { remember } from './preferences.ts'
import { railCookie, type RailState } from './rail-state.ts'
import { RailEnvironments } from './rail-environments.tsx'
import { railHere, railWord } from './rail-style.ts'
import { openPalette } from './shell-store.ts'
import { UserMenu } from './user-menu.tsx'

/** One rail, no second column. Its width decides what is drawn, so a fold by hand and one by a narrow window are the same. */
export function Rail({ initial }: { initial: RailState }) {
  const t = useTranslations('shell')
  const place = placeOf(usePathname())
  const [state, setState] = useState(initial)
  const change = (next: RailState) => {
    setState(next)
    remember(railCookie, next)
  }
  return (
    <nav
      aria-label={t('main')}
      data-rail={state}
      className="@container/rail flex h-full w-rail flex-none flex-col border-r border-line bg-rail max-lg:w-rail-folded data-[rail=folded]:w-rail-folded data-[rail=open]:w-rail max-sm:hidden"
    >
      <RailHead state={state} onChange={change} />
      <div className="px-2">
        <button
          type="button"
          title={t('find')}
          className="flex h-7 w-full cursor-default items-center gap-2 rounded-md border border-line bg-surface px-2 text-sm text-ink-3 hover:border-line-strong @max-[6rem]:justify-center @max-[6rem]:px-0 dark:bg-canvas"
          onClick={openPalette}
        >
          <Search aria-hidden className="size-3.5 flex-none" strokeWidth={1.6} />
          <span className={cn('truncate', railWord)}>{t('find')}</span>
          <span className="flex flex-1 justify-end @max-[6rem]:hidden">
            <Kbd>
              <ModifierKey /> K
            </Kbd>
          </span>
        </button>
      </div>
      <div className="mt-2 flex flex-col gap-px px-2">
        {globalPlaces.map(({ href, icon, label, isHere }) => (
          <RailLink key={href} href={href} icon={icon} here={isHere(place)}>
            {t(label)}
          </RailLink>
        ))}
      </div>
      <RailEnvironments place={place} />
      <UserMenu />
    </nav>
  )
}

function RailHead({ state, onChange }: { state: RailState; onChange: (state: RailState) => void }) {
  const t = useTranslations('shell')
  // Which of the two it is can be up to the window's width: CSS shows the button that fits.
  return (
    <div className="flex h-bar flex-none items-center gap-2 px-3.5 text-ink @max-[6rem]:justify-center @max-[6rem]:px-0">
      <Link href="/" className="flex min-w-0 flex-1 items-center gap-2 @max-[6rem]:hidden">
        <Mark />
        <span className="text-base font-semibold tracking-[-0.01em]">Portolan</span>
      </Link>
      <span className="@max-[6rem]:hidden">
        <IconButton icon={PanelLeftClose} label={t('fold')} className="-mr-1.5" onClick={() => onChange('folded')} />
      </span>
      <span className="hidden @max-[6rem]:block">
        <IconButton icon={PanelLeftOpen} label={t('unfold')} aria-expanded={state !== 'folded'} onClick={() => onChange('open')} />
      </span>
    </div>
  )
}

interface RailLinkProps {
  href: string
  icon: LucideIcon
  here: boolean
  children: ReactNode
}

const RailLink = ({ href, icon: Icon, here, children }: RailLinkProps) => (
  <Link
    href={href}
    title={typeof children === 'string' ? children : undefined}
    aria-current={here ? 'page' : undefined}
    className={cn(
      'flex h-7 items-center gap-2 rounded-md px-2 text-sm text-ink-2 hover:bg-hover @max-[6rem]:justify-center @max-[6rem]:px-0',
      here && railHere,
    )}
  >
    <Icon aria-hidden className={cn('size-4 flex-none text-ink-3', here && 'text-ink')} strokeWidth={1.6} />
    <span className={cn('truncate', railWord)}>{children}</span>
  </Link>
)
