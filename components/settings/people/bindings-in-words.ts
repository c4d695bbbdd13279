'use client'

import { useTranslations } from 'next-intl'
import { useConsole } from '#components/shell/console-context.tsx'
import type { Binding } from '#lib/model/role.ts'

/** What a role lets somebody do where it holds, and what it is called in short: `Deployer on prod-eu`. */
export function useBindingWords() {
  const t = useTranslations('people.roles')
  const tProfile = useTranslations('settings.profile')
  const tRoles = useTranslations('roles')
  const { environmentById, kinds } = useConsole()
  const nameOf = (environment: string) => environmentById.get(environment)?.name ?? environment
  const where = ({ environment, namespaces }: Binding): string => {
    if (environment === null) return t('inFleet')
    const params = { environment: nameOf(environment) }
    return namespaces ? t('inNamespaces', { ...params, namespaces: namespaces.join(', ') }) : t('inEnvironment', params)
  }
  return {
    brief(binding: Binding): string {
      const role = tRoles(binding.role)
      if (binding.environment === null) return tProfile('roleFleet', { role })
      const place = tProfile('roleIn', { role, environment: nameOf(binding.environment) })
      return binding.namespaces ? `${place}, ${tProfile('inNamespaces', { namespaces: binding.namespaces.join(', ') })}` : place
    },
    can: (binding: Binding): string =>
      binding.role === 'administrator' && binding.environment === null
        ? t('can.everything')
        : t(`can.${binding.role}`, { where: where(binding) }),
    /** Why it reaches nothing at all, or null. */
    nothing({ environment, namespaces }: Binding): string | null {
      const known = environment === null ? undefined : environmentById.get(environment)
      if (!known || !namespaces || kinds.some((kind) => kind.engine === known.engine && kind.namespaced)) return null
      return t('noNamespaces', { environment: known.name })
    },
  }
}
