'use client'

import { ChevronDown, SquareTerminal } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { Menu, MenuItem } from '#components/ui/menu.tsx'
import type { KindDescription } from '#lib/model/kind.ts'
import type { Row } from '#lib/model/resource.ts'
import { useShell } from './use-shell.ts'

/** Opens a shell in the dock, at once or with options; off with the reason. */
export function ShellButton({ row, kind }: { row: Row; kind: KindDescription }) {
  const t = useTranslations('resources.detail')
  const shell = useShell()(row, kind)
  if (!shell) return null
  return (
    <span className="flex items-center">
      <Button icon={SquareTerminal} disabledReason={shell.disabledReason} onClick={() => shell.open()}>
        {t('shell')}
      </Button>
      {!shell.disabledReason && (
        <Menu align="end" trigger={<IconButton icon={ChevronDown} label={t('moreShells')} />}>
          <MenuItem onSelect={() => shell.open({ atOnce: false })}>{t('shellOptions')}</MenuItem>
        </Menu>
      )}
    </span>
  )
}
