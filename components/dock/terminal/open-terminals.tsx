'use client'

import { Eye } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useDock } from '#components/shell/dock-store.ts'
import { Ago } from '#components/ui/ago.tsx'
import { Button } from '#components/ui/button.tsx'
import { useLive } from '#lib/client/index.ts'
import type { Reference } from '#lib/model/resource.ts'
import type { TerminalRow } from '#lib/model/terminal.ts'

/** What others have open there: any of it can be watched. */
export function OpenTerminals({ reference, title }: { reference: Reference; title: string }) {
  const t = useTranslations('dock.terminal')
  const watch = useDock((dock) => dock.watch)
  const { rows } = useLive<TerminalRow, object>('terminals.list', reference)
  if (!rows?.length) return null
  return (
    <section className="mt-5 max-w-3xl">
      <h3 className="mb-1 text-sm font-semibold">{t('openHere')}</h3>
      <ul>
        {rows.map((row) => (
          <li key={row.id} className="flex min-h-row items-center gap-3 border-t border-line py-1 text-sm">
            <span className="min-w-0 flex-1 truncate">
              {row.userName} <code className="font-mono text-xs text-ink-3">{row.program ?? t('modes.attach')}</code>
            </span>
            <span className="flex-none text-xs text-ink-3">
              <Ago at={row.openedAt} />
            </span>
            <Button size={24} icon={Eye} onClick={() => watch(reference, title, row.id)}>
              {t('watch')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
