'use client'

import { CircleHelp, KeyRound, LayoutDashboard, Plus, UserRoundPlus, UsersRound, type LucideIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useWords } from '#components/resources/words.ts'
import type { FlagDesign } from '#components/ui/flag.tsx'
import { useConsole } from './console-context.tsx'
import { globalPlaces } from './global-places.ts'
import { kindIcon } from './kind-icon.tsx'
import { environmentPath, kindPath } from './place.ts'
import { openKeys } from './shell-store.ts'

export interface PalettePlace {
  id: string
  title: string
  icon: LucideIcon
  href: string
  /** Its environment: Tab narrows to it. */
  environment?: string
  flag?: FlagDesign
  /** In place of going anywhere. */
  run?: () => void
}

/** Everywhere one can go: the places of the rail, every environment and its kinds. */
export function usePalettePlaces(narrowed: string | null): PalettePlace[] {
  const t = useTranslations('shell')
  const words = useWords()
  const { environments, kinds } = useConsole()
  return useMemo(() => {
    const own = environments
      .filter(({ id }) => narrowed === null || id === narrowed)
      .flatMap(({ id, name, flag, engine }): PalettePlace[] => [
        { id: `environment ${id}`, title: name, icon: LayoutDashboard, href: environmentPath(id), environment: id, flag },
        ...kinds
          .filter((kind) => kind.engine === engine)
          .map((kind) => ({
            id: `kind ${id} ${kind.name}`,
            title: `${name} / ${words.kind(kind)}`,
            icon: kindIcon(kind.icon),
            href: kindPath(id, kind.name),
            environment: id,
          })),
      ])
    if (narrowed !== null) return own
    const places = globalPlaces.map(({ href, icon, label }): PalettePlace => ({ id: `place ${label}`, title: t(label), icon, href }))
    return [
      ...places,
      ...own,
      { id: 'place connect', title: t('palette.connect'), icon: Plus, href: '/environments/new' },
      { id: 'place people', title: t('palette.people'), icon: UsersRound, href: '/settings/people' },
      { id: 'place invite', title: t('palette.invite'), icon: UserRoundPlus, href: '/settings/people/new' },
      { id: 'place sessions', title: t('palette.sessions'), icon: KeyRound, href: '/settings/sessions' },
      { id: 'place keys', title: t('palette.keys'), icon: CircleHelp, href: '', run: openKeys },
    ]
  }, [t, words, environments, kinds, narrowed])
}
