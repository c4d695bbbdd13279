'use client'

import { KeyRound, MoreHorizontal, Pencil, Trash2, UserRoundCheck, UserRoundX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { IconButton } from '#components/ui/icon-button.tsx'
import { Menu, MenuItem, MenuLink, MenuSeparator } from '#components/ui/menu.tsx'
import type { Person } from '#lib/model/person.ts'
import type { PersonAct } from './person-actions.tsx'
import { useSelfReason } from './self-reason.ts'

/** What can be done with an account; what cannot be says why. */
export function PersonMenu({ person, ask }: { person: Person; ask: (what: PersonAct, person: Person) => void }) {
  const t = useTranslations('people')
  const off = useSelfReason()
  const { id, name, state } = person
  const turn = state === 'disabled' ? 'enable' : 'disable'
  return (
    <Menu align="end" trigger={<IconButton icon={MoreHorizontal} label={t('actionsOf', { name })} className="max-sm:size-11" />}>
      <MenuLink icon={Pencil} href={`/settings/people/${id}`}>
        {t('edit')}
      </MenuLink>
      <MenuItem icon={KeyRound} disabledReason={off('reset', person)} onSelect={() => ask('reset', person)}>
        {t(state === 'invited' ? 'act.resetInvited' : 'act.reset')}
      </MenuItem>
      <MenuItem
        icon={turn === 'enable' ? UserRoundCheck : UserRoundX}
        disabledReason={off(turn, person)}
        onSelect={() => ask(turn, person)}
      >
        {t(`act.${turn}`)}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={Trash2} danger disabledReason={off('remove', person)} onSelect={() => ask('remove', person)}>
        {t('act.remove')}
      </MenuItem>
    </Menu>
  )
}
