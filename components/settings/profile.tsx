'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useState, useSyncExternalStore } from 'react'
import { useConsole } from '#components/shell/console-context.tsx'
import { languageNames } from '#components/shell/language-names.ts'
import { remember, usePreferences } from '#components/shell/preferences.ts'
import { useThemeChoice } from '#components/shell/theme.ts'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Field, Input } from '#components/ui/field.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import { Select } from '#components/ui/select.tsx'
import { toast } from '#components/ui/toaster.tsx'
import { api } from '#lib/client/index.ts'
import { languageCookie } from '#lib/i18n/language.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import type { Me } from '#lib/model/person.ts'

/** Who you are to others, how the screen is for you, and what you may do. */
export function Profile({ me }: { me: Me }) {
  return (
    <>
      <You me={me} />
      <Look />
      <Roles me={me} />
    </>
  )
}

function You({ me }: { me: Me }) {
  const t = useTranslations('settings.profile')
  const say = useErrorSentence()
  const router = useRouter()
  const [name, setName] = useState(me.name)
  const [language, setLanguage] = useState<string>(me.language ?? 'auto')
  const save = useMutation({
    mutationFn: (body: { name: string; language: string | null }) => api<Me>('/api/me', { method: 'PATCH', body }),
    onSuccess(_, { language: chosen }) {
      // Pages of who is not signed in go by the cookie.
      remember(languageCookie, chosen ?? '')
      toast({ title: t('saved') })
      router.refresh()
    },
  })
  return (
    <Panel title={t('title')}>
      <form
        className="flex max-w-md flex-col gap-4 py-1"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate({ name: name.trim(), language: language === 'auto' ? null : language })
        }}
      >
        <Field label={t('name')} help={t('nameHelp')} error={save.error ? say(save.error) : undefined}>
          <Input autoComplete="name" maxLength={100} required value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <p className="text-sm text-ink-2">
          {t('login')} <b className="font-medium text-ink">{me.login}</b>
        </p>
        <Field label={t('language')}>
          <Select
            options={[
              { value: 'auto', label: t('languages.auto') },
              ...Object.entries(languageNames).map(([value, label]) => ({ value, label })),
            ]}
            value={language}
            onChange={(event) => setLanguage(event.target.value)}
          />
        </Field>
        <Button type="submit" variant="primary" size={32} pending={save.isPending} className="self-start">
          {t('save')}
        </Button>
      </form>
    </Panel>
  )
}

const nothing = () => () => undefined

/** The theme, which follows you, and the keys, which are of this browser alone. */
function Look() {
  const t = useTranslations('settings')
  const { theme, choose } = useThemeChoice()
  const singleKeys = usePreferences((preferences) => preferences.singleKeys)
  const setSingleKeys = usePreferences((preferences) => preferences.setSingleKeys)
  // The server does not know what this browser remembers.
  const here = useSyncExternalStore(
    nothing,
    () => true,
    () => false,
  )
  return (
    <Panel title={t('look.title')}>
      <div className="flex flex-col gap-4 py-1">
        <div>
          <p className="mb-1.5 text-sm font-medium">{t('profile.theme')}</p>
          <Segmented
            label={t('profile.theme')}
            value={here ? theme : 'system'}
            options={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: t(`profile.themes.${value}`) }))}
            onChange={choose}
          />
        </div>
        <Checkbox checked={here ? singleKeys : true} onCheckedChange={setSingleKeys}>
          <span className="block text-ink">{t('profile.shortcuts')}</span>
          <span className="block text-xs text-ink-3">{t('profile.shortcutsHelp')}</span>
        </Checkbox>
      </div>
    </Panel>
  )
}

function Roles({ me }: { me: Me }) {
  const t = useTranslations('settings.profile')
  const tRoles = useTranslations('roles')
  const { environmentById } = useConsole()
  return (
    <Panel title={t('roles')}>
      {me.bindings.length === 0 && <p className="text-sm text-ink-2">{t('noRoles')}</p>}
      <ul className="flex flex-col gap-1 text-sm text-ink-2">
        {me.bindings.map(({ role, environment, namespaces }) => (
          <li key={`${role}${environment}${namespaces?.join()}`}>
            {environment === null
              ? t('roleFleet', { role: tRoles(role) })
              : t('roleIn', { role: tRoles(role), environment: environmentById.get(environment)?.name ?? environment })}
            {namespaces && <span className="text-ink-3">, {t('inNamespaces', { namespaces: namespaces.join(', ') })}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
