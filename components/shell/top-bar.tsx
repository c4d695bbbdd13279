'use client'

import { ChevronsUpDown, CircleHelp, Shield } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useWords } from '#components/resources/words.ts'
import { cn } from '#components/ui/cn.ts'
import { Flag, flagColour } from '#components/ui/flag.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { Kbd } from '#components/ui/kbd.tsx'
import { Mark } from '#components/ui/mark.tsx'
import { Menu, MenuLink } from '#components/ui/menu.tsx'
import type { Environment } from '#lib/model/environment.ts'
import { useConsole } from './console-context.tsx'
import { PageAge } from './page-age.tsx'
import { usePageStore } from './page-store.ts'
import { environmentPath, kindPath, placeOf, shortName, type Place } from './place.ts'
import { openKeys } from './shell-store.ts'
import { PhoneUserMenu } from './user-menu.tsx'

/** Where one is, how old it is, and help; with a line in the environment's colour along the top edge. */
export function TopBar() {
  const t = useTranslations('shell')
  const place = placeOf(usePathname())
  const { environmentById } = useConsole()
  const environment = place.at === 'environment' ? environmentById.get(place.environment) : undefined
  return (
    <header className="relative flex h-bar flex-none items-center gap-3 border-b border-line bg-canvas px-5 max-sm:h-12 max-sm:px-4">
      {environment && (
        <span aria-hidden className="absolute inset-x-0 top-0 h-0.5" style={{ background: flagColour(environment.flag.hue) }} />
      )}
      <Link href="/" aria-label="Portolan" className="hidden flex-none max-sm:block">
        <Mark />
      </Link>
      <nav aria-label={t('breadcrumb')} className="flex min-w-0 flex-1 items-center gap-2 text-sm text-ink-3">
        {environment && place.at === 'environment' ? (
          <EnvironmentCrumbs environment={environment} place={place} />
        ) : (
          <PlaceCrumbs place={place} />
        )}
      </nav>
      <PageAge environment={environment} />
      <IconButton icon={CircleHelp} label={t('help')} keys={<Kbd>?</Kbd>} className="-mr-1.5 max-sm:hidden" onClick={openKeys} />
      <PhoneUserMenu />
    </header>
  )
}

const Divider = () => (
  <span aria-hidden className="text-line-strong">
    /
  </span>
)
/** A name stays as it is written; a word of ours begins with a capital. */
const Here = ({ word, children }: { word?: boolean; children: string }) => (
  <span aria-current="page" className={cn('min-w-0 truncate font-medium text-ink', word && 'first-letter:uppercase')}>
    {children}
  </span>
)

const categoryKinds = { instance: 'inventory', image: 'images' } as const

function PlaceCrumbs({ place }: { place: Place }) {
  const t = useTranslations('shell')
  const words = useWords()
  const { kinds } = useConsole()
  const crumb = usePageStore((page) => page.crumb)
  if (place.at === 'inventory') {
    const kind = kinds.find((candidate) => candidate.category === place.category)
    return (
      <>
        <span className="max-sm:hidden">{t(categoryKinds.instance)}</span>
        <span className="max-sm:hidden">
          <Divider />
        </span>
        <Here word>{crumb ?? (kind ? words.kind(kind) : place.category)}</Here>
      </>
    )
  }
  if (place.at === 'other' || place.at === 'environment') return crumb && <Here>{crumb}</Here>
  if (!crumb) return <Here>{t(place.at)}</Here>
  return (
    <>
      <Link href={`/${place.at === 'home' ? '' : place.at}`} className="hover:text-ink">
        {t(place.at)}
      </Link>
      <Divider />
      <Here>{crumb}</Here>
    </>
  )
}

type EnvironmentPlace = Extract<Place, { at: 'environment' }>

function EnvironmentCrumbs({ environment, place }: { environment: Environment; place: EnvironmentPlace }) {
  const t = useTranslations('shell')
  const words = useWords()
  const { kindByName } = useConsole()
  const name = usePageStore((page) => page.crumb)
  const kind = place.kind ? kindByName.get(`${environment.engine}/${place.kind}`) : undefined
  const kindTitle = kind ? words.kind(kind) : place.kind
  const last = place.key ? (name ?? place.key) : name
  return (
    <>
      <EnvironmentSwitcher environment={environment} kind={place.kind} />
      {environment.protected && (
        <span title={t('protectedHint')} className="inline-flex flex-none items-center gap-1 text-xs text-ink-3 max-sm:hidden">
          <Shield aria-hidden className="size-3.5" strokeWidth={1.6} />
          {t('protected')}
        </span>
      )}
      {kindTitle && (
        <span className="contents max-sm:hidden">
          <Divider />
          {last ? (
            <Link href={kindPath(environment.id, place.kind ?? '')} className="flex-none hover:text-ink max-sm:hidden">
              <span className="inline-block first-letter:uppercase">{kindTitle}</span>
            </Link>
          ) : (
            <Here word>{kindTitle}</Here>
          )}
        </span>
      )}
      {last && (
        <>
          <Divider />
          <Here>{last}</Here>
        </>
      )}
    </>
  )
}

/** Changing the environment keeps the page when the other engine has that kind, else it opens the overview and says so. */
function EnvironmentSwitcher({ environment, kind }: { environment: Environment; kind: string | null }) {
  const t = useTranslations('shell')
  const { environments, kinds } = useConsole()
  const serves = (other: Environment) => kinds.some((known) => known.engine === other.engine && shortName(known.name) === kind)
  return (
    <Menu
      className="min-w-64"
      trigger={
        <button
          type="button"
          aria-label={t('switchEnvironment', { name: environment.name })}
          className="inline-flex h-6 min-w-0 flex-none cursor-default items-center gap-2 rounded-md border border-line bg-surface pr-2 pl-1.5 font-medium text-ink hover:border-line-strong max-sm:h-8"
        >
          <Flag flag={environment.flag} quiet />
          <span className="max-w-48 truncate">{environment.name}</span>
          <ChevronsUpDown aria-hidden className="size-3 flex-none text-ink-3" strokeWidth={1.6} />
        </button>
      }
    >
      {environments.map((other) => {
        const keeps = !kind || serves(other)
        return (
          <MenuLink
            key={other.id}
            href={kind && keeps ? kindPath(other.id, kind) : environmentPath(other.id)}
            current={other.id === environment.id}
            aside={keeps ? undefined : t('hasNoKind', { kind: kind ?? '' })}
          >
            <Flag flag={other.flag} quiet />
            <span className="truncate">{other.name}</span>
          </MenuLink>
        )
      })}
    </Menu>
  )
}
