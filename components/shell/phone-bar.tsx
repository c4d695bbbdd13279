'use client'

import { Flag as FlagIcon, History, House, Search, Table2, type LucideIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { cn } from '#components/ui/cn.ts'
import { placeOf } from './place.ts'
import { openPalette } from './shell-store.ts'

const itemStyle = 'flex h-11 flex-1 cursor-default flex-col items-center justify-center gap-0.5 text-2xs'

/** The five places of a phone, under the thumb. */
export function PhoneBar() {
  const t = useTranslations('shell')
  const { at } = placeOf(usePathname())
  return (
    <nav aria-label={t('main')} className="hidden h-16 flex-none items-start border-t border-line bg-rail pt-1.5 max-sm:flex">
      <PhoneLink href="/" icon={House} here={at === 'home'} label={t('home')} />
      <PhoneLink href="/inventory/instance" icon={Table2} here={at === 'inventory'} label={t('inventory')} />
      <button type="button" className={cn(itemStyle, 'text-ink-3')} onClick={openPalette}>
        <Search aria-hidden className="size-5" strokeWidth={1.6} />
        {t('findShort')}
      </button>
      <PhoneLink href="/changes" icon={History} here={at === 'changes'} label={t('changes')} />
      <PhoneLink href="/environments" icon={FlagIcon} here={at === 'environments' || at === 'environment'} label={t('places')} />
    </nav>
  )
}

const PhoneLink = ({ href, icon: Icon, here, label }: { href: string; icon: LucideIcon; here: boolean; label: string }) => (
  <Link href={href} aria-current={here ? 'page' : undefined} className={cn(itemStyle, here ? 'font-semibold text-ink' : 'text-ink-3')}>
    <Icon aria-hidden className={cn('size-5', here && 'text-accent')} strokeWidth={1.6} />
    {label}
  </Link>
)
