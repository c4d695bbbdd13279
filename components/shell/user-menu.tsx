'use client'

import { LogOut, Monitor, Moon, Sun } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import type { ReactElement, ReactNode } from 'react'
import { Menu, MenuCheck, MenuChoice, MenuItem, MenuLink, MenuSeparator } from '#components/ui/menu.tsx'
import { toast } from '#components/ui/toaster.tsx'
import { api } from '#lib/client/index.ts'
import { languageCookie } from '#lib/i18n/language.ts'
import type { Language } from '#lib/i18n/messages.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import { useConsole } from './console-context.tsx'
import { languageNames } from './language-names.ts'
import { remember, usePreferences } from './preferences.ts'
import { signOut } from './session.ts'
import { useThemeChoice } from './theme.ts'

const initialsOf = (name: string): string =>
  name
    .split(/[\s,.-]+/)
    .map((word) => word.slice(0, 1).toUpperCase())
    .join('')
    .slice(0, 2)

/** Who is signed in, at the foot of the rail. */
export function UserMenu() {
  const t = useTranslations('shell')
  const { actor } = useConsole()
  return (
    <div className="flex h-11 flex-none items-center border-t border-line px-2">
      <AccountMenu
        trigger={
          <button
            type="button"
            aria-label={t('account', { name: actor.name })}
            className="flex h-8 min-w-0 flex-1 cursor-default items-center gap-2 rounded-md px-1 text-left hover:bg-hover data-popup-open:bg-hover @max-[6rem]:justify-center"
          >
            <Initials name={actor.name} />
            <span className="min-w-0 flex-1 truncate text-xs font-medium text-ink @max-[6rem]:hidden">{actor.name}</span>
          </button>
        }
      />
    </div>
  )
}

/** The same on a phone, which has no rail: at the right of the bar, with the way to the settings in it. */
export function PhoneUserMenu() {
  const t = useTranslations('shell')
  const { actor } = useConsole()
  return (
    <AccountMenu
      trigger={
        <button
          type="button"
          aria-label={t('account', { name: actor.name })}
          className="-mr-2.5 hidden size-11 flex-none items-center justify-center rounded-md max-sm:inline-flex"
        >
          <Initials name={actor.name} />
        </button>
      }
    >
      <MenuLink href="/settings">{t('settings')}</MenuLink>
      <MenuSeparator />
    </AccountMenu>
  )
}

/** What is theirs alone: theme, language, keys, the way out. */
function AccountMenu({ trigger, children }: { trigger: ReactElement; children?: ReactNode }) {
  const t = useTranslations('shell')
  const say = useErrorSentence()
  const singleKeys = usePreferences((preferences) => preferences.singleKeys)
  const setSingleKeys = usePreferences((preferences) => preferences.setSingleKeys)
  const leave = () => signOut().catch((error: unknown) => toast({ health: 'failing', title: say(error) }))
  return (
    <Menu side="top" trigger={trigger}>
      {children}
      <ThemeChoice />
      <MenuSeparator />
      <LanguageChoice />
      <MenuSeparator />
      <MenuCheck checked={singleKeys} onChange={setSingleKeys}>
        {t('singleKeys')}
      </MenuCheck>
      <MenuSeparator />
      <MenuItem icon={LogOut} onSelect={() => void leave()}>
        {t('signOut')}
      </MenuItem>
    </Menu>
  )
}

export const Initials = ({ name }: { name: string }) => (
  <span
    aria-hidden
    className="inline-flex size-6 flex-none items-center justify-center rounded-full border border-line-strong bg-surface text-2xs font-semibold text-ink"
  >
    {initialsOf(name)}
  </span>
)

function ThemeChoice() {
  const t = useTranslations('shell')
  const { theme, choose } = useThemeChoice()
  return (
    <MenuChoice
      label={t('theme')}
      value={theme}
      onChange={choose}
      options={[
        { value: 'system', label: t('themeSystem'), icon: Monitor },
        { value: 'light', label: t('themeLight'), icon: Sun },
        { value: 'dark', label: t('themeDark'), icon: Moon },
      ]}
    />
  )
}

function LanguageChoice() {
  const t = useTranslations('shell')
  const router = useRouter()
  const say = useErrorSentence()
  const { language } = useConsole()
  const change = async (next: Language) => {
    try {
      await api('/api/me', { method: 'PATCH', body: { language: next } })
      remember(languageCookie, next)
      document.documentElement.lang = next
      router.refresh()
    } catch (error) {
      toast({ health: 'failing', title: t('languageFailed'), description: say(error) })
    }
  }
  return (
    <MenuChoice
      label={t('language')}
      value={language}
      onChange={(next) => void change(next)}
      options={Object.entries(languageNames).map(([value, label]) => ({ value: value as Language, label }))}
    />
  )
}
